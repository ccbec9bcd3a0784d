#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace orch::actors {

/// What a request of our own to a server was for.
enum class errand_kind { initialize, list_tools, ping };
struct errand {
    errand_kind kind;
    /// Of `list_tools`: the number of the listing.
    std::uint64_t listing = 0;
};

/// The requests of our own that a server has not answered: at most one of each kind, since only
/// the answer to the latest one is of use. Used by one server actor.
class open_errands {
public:
    /// Takes the place of an earlier one of its kind.
    void add(std::uint64_t number, const errand& what);
    /// The errand that an answer is for; it is over.
    [[nodiscard]] std::optional<errand> take(std::uint64_t number);
    /// No answer will come any more.
    void clear() noexcept { errands_.clear(); }
    [[nodiscard]] std::size_t size() const noexcept { return errands_.size(); }

private:
    struct entry {
        std::uint64_t number = 0;
        errand what;
    };

    std::vector<entry> errands_;
};

} // namespace orch::actors
