#pragma once

#include "core/byte_sizes.hpp"
#include "core/clock.hpp"
#include "mcp/item_list.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace orch::actors {

/// Puts one list of a server together from its pages. One listing is under
/// way at a time and has a number, so that pages of two never mix; whatever is wished meanwhile is
/// one more listing after it. Pure; used by one server actor.
class page_listing {
public:
    struct limits {
        std::size_t items_max = 10'000;
        std::size_t pages_max = 1'000;
        /// Of all definitions together: they stay in memory and go to every client that lists.
        std::size_t bytes_max = 16 * mib;
        /// A listing that takes longer gives way to the next one that is wished.
        std::chrono::milliseconds patience{30'000};
        /// From the begin of one listing to the next one that the server brings about; it doubles
        /// while the server goes on so.
        std::chrono::milliseconds first_pause{250};
        std::chrono::milliseconds pause_max{8'000};
    };
    /// What to ask the server for.
    struct page_request {
        std::uint64_t listing = 0;
        /// Raw token of the cursor; empty for the first page.
        std::string cursor;
    };
    /// A listing that came to its end; of items with one name it has the first.
    struct finished {
        std::vector<model::listed_item> items;
        /// The server has more items than the limits allow.
        bool cut_short = false;
        /// Those that no client could use; see `mcp::item_page_reading`.
        std::size_t skipped = 0;
    };
    /// What follows from a page; nothing does when it is not of the listing under way.
    using step = std::variant<std::monostate, page_request, finished>;

    explicit page_listing(limits bounds) : limits_(bounds) {}

    /// Somebody wants to know the items: lists them anew, now or after the present listing.
    [[nodiscard]] std::optional<page_request> wish(monotonic_time now);
    /// The server says that the items are others: lists them anew, now or after a pause.
    [[nodiscard]] std::optional<page_request> hear_of_change(monotonic_time now);
    /// The wished listing, once none is under way or the one that is takes too long, and the pause
    /// is over.
    [[nodiscard]] std::optional<page_request> due(monotonic_time now);
    [[nodiscard]] step take(std::uint64_t listing, mcp::item_page_reading reading);
    /// The server refused a page. False when it is not of the listing under way.
    [[nodiscard]] bool fail(std::uint64_t listing);
    /// The server is another process from now on. Numbers are never used again.
    void reset() noexcept;

    [[nodiscard]] bool under_way() const noexcept { return under_way_; }
    /// The number of the listing that fulfils all wishes so far.
    [[nodiscard]] std::uint64_t newest() const noexcept { return number_ + (wished_ ? 1 : 0); }

private:
    [[nodiscard]] page_request begin(monotonic_time now);
    [[nodiscard]] monotonic_time after_pause(monotonic_time now);
    /// False from the first item on that does not fit.
    [[nodiscard]] bool keep(model::listed_item item);
    [[nodiscard]] finished finish(bool cut_short);

    const limits limits_;
    std::uint64_t number_ = 0;
    bool under_way_ = false;
    bool wished_ = false;
    monotonic_time overdue_at_{};
    /// Before that no wish is fulfilled.
    monotonic_time not_before_{};
    std::optional<monotonic_time> last_begun_;
    std::chrono::milliseconds pause_{0};
    std::vector<model::listed_item> items_;
    std::size_t bytes_ = 0;
    std::size_t pages_ = 0;
    std::size_t skipped_ = 0;
    /// Raw token of the page under way.
    std::string cursor_;
};

} // namespace orch::actors
