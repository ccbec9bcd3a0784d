#pragma once

#include "core/clock.hpp"
#include "core/model/catalogue.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace orch::actors {

/// What a request of our own to a server was for.
enum class errand_kind { initialize, list_items, ping, set_log_level };
struct errand {
    errand_kind kind;
    /// Of `list_items`: the number of the listing, and what it lists.
    std::uint64_t listing = 0;
    model::list_kind list = model::list_kind::tools;
};

/// The requests of our own that a server has not answered: at most one of each kind and list, since
/// only the answer to the latest one is of use. Whoever no longer waits for an answer tells the
/// server, which may hold an exchange for it. Used by one server actor.
class open_errands {
public:
    struct entry {
        std::uint64_t number = 0;
        errand what;
        monotonic_time deadline{};
    };

    /// The number of the earlier one whose place it takes, if any.
    std::optional<std::uint64_t> add(std::uint64_t number, const errand& what,
                                     monotonic_time deadline);
    /// Those whose time is over; nobody waits for them any more.
    [[nodiscard]] std::vector<entry> take_expired(monotonic_time now);
    /// The errand that an answer is for; it is over.
    [[nodiscard]] std::optional<errand> take(std::uint64_t number);
    /// No answer will come any more.
    void clear() noexcept { errands_.clear(); }
    [[nodiscard]] std::size_t size() const noexcept { return errands_.size(); }

private:
    std::vector<entry> errands_;
};

} // namespace orch::actors
