#pragma once

#include "net/event_stream.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace orch::actors {

/// One JSON-RPC message in up to three pieces, so that an id can stand between the parts of a
/// server's line without a copy of its own.
struct json_pieces {
    std::string_view head;
    std::string_view middle = {};
    std::string_view tail = {};
};

[[nodiscard]] inline std::string joined(const json_pieces& message) {
    std::string text;
    text.reserve(message.head.size() + message.middle.size() + message.tail.size());
    text.append(message.head).append(message.middle).append(message.tail);
    return text;
}

/// A message in the form that its port sends: made before the call is recorded, sent after.
struct encoded_message {
    net::frame frame;
    std::string text;
};

/// Where messages for a client go: a session's event stream, the answer of one POST, or the
/// waiter of a REST call. Implemented by the endpoints, used by session actors; callable from any
/// thread. A port whose client is gone swallows what it gets.
class reply_port {
public:
    virtual ~reply_port() = default;

    [[nodiscard]] virtual encoded_message encode(const json_pieces& message) const = 0;
    /// Whether `send` reaches the client: not when it takes nothing but the answer.
    [[nodiscard]] virtual bool takes_messages() const = 0;
    /// A message before the answer: progress, or any message of a session stream.
    virtual void send(encoded_message message) = 0;
    /// The answer to the request that this port belongs to; a session stream just sends it.
    virtual void answer(encoded_message message) = 0;
    /// No answer will come: the client cancelled the request. A session stream ignores it.
    virtual void abandon() = 0;
    /// The session is over: ends a session stream.
    virtual void finish() = 0;
};

using reply_port_ptr = std::shared_ptr<reply_port>;

} // namespace orch::actors
