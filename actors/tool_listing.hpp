#pragma once

#include "core/byte_sizes.hpp"
#include "core/clock.hpp"
#include "core/model/project.hpp"
#include "mcp/tool_list.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace orch::actors {

/// Puts the tools of one server together from the pages of its `tools/list`. One listing is under
/// way at a time and has a number, so that pages of two never mix; whatever is wished meanwhile is
/// one more listing after it. Pure; used by one server actor.
class tool_listing {
public:
    struct limits {
        std::size_t tools_max = 10'000;
        /// Of all definitions together: they stay in memory and go to every client that lists.
        std::size_t bytes_max = 16 * mib;
        /// A listing that takes longer gives way to the next one that is wished.
        std::chrono::milliseconds patience{30'000};
    };
    /// What to ask the server for.
    struct page_request {
        std::uint64_t listing = 0;
        /// Raw token of the cursor; empty for the first page.
        std::string cursor;
    };
    /// A listing that came to its end; of tools with one name it has the first.
    struct finished {
        std::vector<model::tool> tools;
        /// The server has more tools than the limits allow.
        bool cut_short = false;
    };
    /// What follows from a page; nothing does when it is not of the listing under way.
    using step = std::variant<std::monostate, page_request, finished>;

    explicit tool_listing(limits bounds) : limits_(bounds) {}

    /// The tools may be others than before: lists them anew, now or after the present listing.
    [[nodiscard]] std::optional<page_request> wish(monotonic_time now);
    /// The wished listing, once none is under way or the one that is takes too long.
    [[nodiscard]] std::optional<page_request> due(monotonic_time now);
    [[nodiscard]] step take(std::uint64_t listing, mcp::tool_page page);
    /// The server refused a page. False when it is not of the listing under way.
    [[nodiscard]] bool fail(std::uint64_t listing);
    /// The server is another process from now on. Numbers are never used again.
    void reset() noexcept;

    [[nodiscard]] bool under_way() const noexcept { return under_way_; }
    /// The number of the listing that fulfils all wishes so far.
    [[nodiscard]] std::uint64_t newest() const noexcept { return number_ + (wished_ ? 1 : 0); }

private:
    [[nodiscard]] page_request begin(monotonic_time now);
    /// False from the first tool on that does not fit.
    [[nodiscard]] bool keep(model::tool tool);
    [[nodiscard]] finished finish(bool cut_short);

    const limits limits_;
    std::uint64_t number_ = 0;
    bool under_way_ = false;
    bool wished_ = false;
    monotonic_time overdue_at_{};
    std::vector<model::tool> tools_;
    std::size_t bytes_ = 0;
};

} // namespace orch::actors
