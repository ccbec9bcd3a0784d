#pragma once

#include "actors/posted_reply.hpp"

#include <vector>

namespace orch::actors {

/// The answers of one POST with several requests (revision 2025-03-26): one port for each. They
/// leave together as a JSON array, or, as soon as one of them has something to say before, each as
/// an event of one stream. A request that is cancelled has no answer. Any thread.
[[nodiscard]] std::vector<reply_port_ptr> make_posted_batch(session_streams_ptr streams,
                                                            event_sink_ptr sink, reply_shape shape,
                                                            std::size_t requests);

} // namespace orch::actors
