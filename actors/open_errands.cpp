#include "actors/open_errands.hpp"

#include <algorithm>

namespace orch::actors {

std::optional<std::uint64_t> open_errands::add(std::uint64_t number, const errand& what,
                                               monotonic_time deadline) {
    std::optional<std::uint64_t> replaced;
    const auto earlier = std::find_if(errands_.begin(), errands_.end(), [&](const entry& open) {
        return open.what.kind == what.kind && open.what.list == what.list;
    });
    if (earlier != errands_.end()) {
        replaced = earlier->number;
        errands_.erase(earlier);
    }
    errands_.push_back({number, what, deadline});
    return replaced;
}

std::vector<open_errands::entry> open_errands::take_expired(monotonic_time now) {
    std::vector<entry> expired;
    std::erase_if(errands_, [&](const entry& open) {
        const bool over = open.deadline <= now;
        if (over) {
            expired.push_back(open);
        }
        return over;
    });
    return expired;
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
