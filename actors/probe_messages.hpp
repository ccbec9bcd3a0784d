#pragma once

#include "actors/admin_messages.hpp"
#include "actors/server_board.hpp"

#include <caf/allowed_unsafe_message_type.hpp>

#include <chrono>

namespace orch::actors {

/// Try a definition out, for `limit` at most; answered by `reply<probe_report>`: `busy` when too
/// many are being tried.
struct probe_server {
    model::server_entry entry;
    std::chrono::milliseconds limit;
};

/// What became of it. `view.status.state` is `online` when it answered with its tools.
struct probe_report {
    server_view view;
    std::chrono::milliseconds took;
};

} // namespace orch::actors

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::probe_server)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::reply<orch::actors::probe_report>)
