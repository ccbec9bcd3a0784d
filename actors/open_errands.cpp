#include "actors/open_errands.hpp"

#include <algorithm>

namespace orch::actors {

void open_errands::add(std::uint64_t number, const errand& what) {
    std::erase_if(errands_, [&](const entry& earlier) { return earlier.what.kind == what.kind; });
    errands_.push_back({number, what});
}

std::optional<errand> open_errands::take(std::uint64_t number) {
    const auto found = std::find_if(errands_.begin(), errands_.end(),
                                    [&](const entry& open) { return open.number == number; });
    if (found == errands_.end()) {
        return std::nullopt;
    }
    const errand what = found->what;
    errands_.erase(found);
    return what;
}

} // namespace orch::actors
