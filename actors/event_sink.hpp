#pragma once

#include "net/event_stream.hpp"
#include "net/message.hpp"

#include <chrono>
#include <functional>
#include <memory>

namespace orch::actors {

/// The connection of one request, which gets either a plain answer or a stream of events.
/// Implemented by the endpoints; callable from any thread, in the order of the calls. What comes
/// after its end, or when its client is gone, is swallowed.
class event_sink {
public:
    virtual ~event_sink() = default;

    /// A plain answer, and the end.
    virtual void respond(net::response answer) = 0;
    /// Begins the stream if it has not begun; `event` may be null.
    virtual void push(net::frame event) = 0;
    /// Ends the stream properly.
    virtual void finish() = 0;
    /// Called on the connection's thread when the stream has ended, however it did. Set before the
    /// first `push`.
    virtual void on_end(std::function<void()> callback) = 0;
    /// Called on the connection's thread when neither answer nor stream was given for this long.
    /// Set on that thread.
    virtual void on_late(std::chrono::milliseconds after, std::function<void()> callback) = 0;
};

using event_sink_ptr = std::shared_ptr<event_sink>;

} // namespace orch::actors
