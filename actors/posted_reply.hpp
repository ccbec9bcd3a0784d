#pragma once

#include "actors/session_streams.hpp"

namespace orch::actors {

/// What the client of one POST accepts.
enum class reply_shape { json_or_stream, json_only, stream_only };

/// The answer of one Streamable HTTP POST: a JSON body, or an event stream when something has to be
/// sent before the answer, or when a client of 2025-11-25 has waited for `stream_after`, so that it
/// can come back for the answer should the connection break. Call on the connection's thread.
[[nodiscard]] reply_port_ptr make_posted_reply(const session_streams_ptr& streams,
                                               const event_sink_ptr& sink, reply_shape shape,
                                               const actor_options& options);

/// Gives `text` for an answer to `port`, whatever the session says.
[[nodiscard]] reply_port_ptr make_settled_reply(reply_port_ptr port, std::string text);

} // namespace orch::actors
