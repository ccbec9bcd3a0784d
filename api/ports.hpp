#pragma once

#include "actors/reply_port.hpp"
#include "core/clock.hpp"
#include "net/exchange.hpp"

#include <chrono>
#include <memory>
#include <string>

namespace orch::api {

/// The event stream of an HTTP+SSE session: everything goes out as events.
[[nodiscard]] actors::reply_port_ptr make_stream_port(net::event_stream_ptr stream);

/// Gives `refusal` for an answer, whatever the session says: for a call that was refused already,
/// whose client is told when its record is written.
[[nodiscard]] actors::reply_port_ptr make_refusal_port(net::exchange_ptr exchange,
                                                       net::response refusal);

/// The answer of one REST tool execution.
[[nodiscard]] actors::reply_port_ptr make_rest_port(net::exchange_ptr exchange,
                                                    const orch::clock_source& clock);

} // namespace orch::api
