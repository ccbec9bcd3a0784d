#pragma once

#include "actors/admin_messages.hpp"
#include "actors/server_board.hpp"
#include "core/model/refresh_schedule.hpp"

#include <cstddef>

namespace orch::actors {

/// What came of a check of many servers. Pure.
struct refresh_summary {
    model::refresh_counts counts;
    /// Servers whose turn did not come.
    std::size_t left_out = 0;

    /// A server reported; `before` is what was known of it when it was asked.
    void add(const server_view& before, const status_report& report);
    /// A server did not answer at all.
    void add_silent() noexcept;
};

/// How many tools came, went or changed; a server whose tools were never known had none.
[[nodiscard]] std::size_t count_changed_tools(const item_set_ptr& before, const item_set_ptr& now);

} // namespace orch::actors

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::reply<orch::actors::refresh_summary>)
