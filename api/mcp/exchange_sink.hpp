#pragma once

#include "actors/bridge/io_unit.hpp"
#include "actors/event_sink.hpp"
#include "net/exchange.hpp"

namespace orch::api {

/// The answer to one request, as a session sees it. `unit` is the connection's; `headers` go with a
/// plain answer and with a stream.
[[nodiscard]] actors::event_sink_ptr make_exchange_sink(net::exchange_ptr exchange,
                                                        actors::bridge::io_unit& unit,
                                                        net::header_list headers = {});

} // namespace orch::api
