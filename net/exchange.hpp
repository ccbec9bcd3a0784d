#pragma once

#include "net/event_stream.hpp"
#include "net/message.hpp"

#include <chrono>
#include <functional>
#include <memory>

namespace orch::net {

/// One request waiting for its answer. Only the first of its answers and streams takes effect;
/// another one is ignored. Dropped without an answer it answers 500.
/// Callable from any thread; on another thread than the connection's own it posts.
class exchange {
public:
    virtual ~exchange() = default;

    virtual void respond(response answer) = 0;
    /// Answers 200 `text/event-stream` and turns the connection into a stream. `first` is sent
    /// with the header in one write. Must be called on the connection's own thread.
    [[nodiscard]] virtual event_stream_ptr open_stream(header_list headers, frame first) = 0;
    /// Answers 200 with a body of that type whose size is not known yet, for `bytes_frame`s. No
    /// keep-alives stand in it. Must be called on the connection's own thread.
    [[nodiscard]] virtual event_stream_ptr open_download(std::string_view content_type,
                                                         header_list headers) = 0;
    /// Called on the connection's thread when the peer vanishes before an answer was given.
    virtual void on_peer_gone(std::function<void()> callback) = 0;
    /// Called once, on the connection's thread, when after this time neither answer nor stream was
    /// given and the peer is still there; up to half a second later than that. Must be called on
    /// the connection's own thread.
    virtual void on_late(std::chrono::milliseconds after, std::function<void()> callback) = 0;
    /// For the access log.
    virtual void note_route(std::string_view pattern) = 0;
    virtual void note_principal(std::string principal) = 0;
};

using exchange_ptr = std::shared_ptr<exchange>;

/// Runs on the connection's thread; must not block and must not throw. May answer later.
using request_handler = std::function<void(request&&, const exchange_ptr&)>;

} // namespace orch::net
