#pragma once

#include "bench/load/endpoint.hpp"

#include <boost/asio/io_context.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>

namespace orch::bench {

/// Many open streams, and a way to send an event to all of them.
class event_crowd {
public:
    /// An event came to one of the streams. Empty: nobody publishes, and what comes is passed over.
    using receiver = std::function<void(std::size_t stream)>;

    virtual ~event_crowd() = default;

    /// Opens all streams, a few at a time; returns when they are open and throws when one is
    /// refused. A stream that ends later throws out of the context.
    virtual void open() = 0;
    /// Sends one event on its way. One at a time.
    virtual void publish() = 0;
    /// Calls a tool in one of the sessions and waits. False: the answer was wrong. Throws where
    /// streams are bare.
    [[nodiscard]] virtual bool call(std::size_t stream) = 0;
};

/// SSE sessions with finished handshakes. One more calls the tool `announce`, and the event is the
/// notification that the list of tools changed.
[[nodiscard]] std::unique_ptr<event_crowd> make_session_crowd(boost::asio::io_context& context,
                                                              const endpoint& where,
                                                              std::uint32_t streams,
                                                              event_crowd::receiver on_event);
/// Bare event streams without MCP. The event is what is posted to `publisher`, with a number, so
/// that an event which comes late is not taken for the next.
[[nodiscard]] std::unique_ptr<event_crowd>
make_plain_crowd(boost::asio::io_context& context, const endpoint& where, const endpoint& publisher,
                 std::uint32_t streams, event_crowd::receiver on_event);

} // namespace orch::bench
