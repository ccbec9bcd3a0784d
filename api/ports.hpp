#pragma once

#include "actors/bridge/io_unit.hpp"
#include "actors/reply_port.hpp"
#include "net/exchange.hpp"

#include <chrono>
#include <memory>
#include <string>

namespace orch::api {

/// The event stream of a session: everything goes out as events.
[[nodiscard]] actors::reply_port_ptr make_stream_port(net::event_stream_ptr stream);

/// What the client of one POST accepts.
enum class reply_shape { json_or_stream, json_only, stream_only };

/// The answer of one Streamable HTTP POST: a JSON body, or an event stream when something has to
/// be sent before the answer. `headers` go with either; `unit` is the connection's.
[[nodiscard]] actors::reply_port_ptr make_post_port(net::exchange_ptr exchange,
                                                    actors::bridge::io_unit& unit,
                                                    reply_shape shape, net::header_list headers);

/// The answer of one REST tool execution.
[[nodiscard]] actors::reply_port_ptr make_rest_port(net::exchange_ptr exchange,
                                                    const orch::clock_source& clock);

} // namespace orch::api
