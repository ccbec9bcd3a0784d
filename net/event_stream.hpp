#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace orch::net {

/// Why an event stream ended.
enum class stream_end { peer_closed, slow_reader, finished, broken_off, server_stopping };

/// Only streams of events are kept alive, and end whole when the server stops.
enum class stream_kind { events, download };

[[nodiscard]] std::string_view to_string(stream_end reason) noexcept;

/// A ready-made piece of an event stream, shared by all receivers of one event.
using frame = std::shared_ptr<const std::string>;

/// `event: message` with `data: <json>` in HTTP chunk framing. A raw line break, which would end
/// the event (WHATWG HTML, server-sent events), becomes a blank: it can only stand between tokens.
/// The three pieces are sent as one, so an id can be spliced.
[[nodiscard]] frame message_frame(std::string_view json, std::string_view middle = {},
                                  std::string_view tail = {});
/// An event with another name, chunk framed, e.g. `endpoint`. A client that comes back says the
/// last `id` that it had (`Last-Event-ID`).
[[nodiscard]] frame named_frame(std::string_view event, std::string_view data,
                                std::string_view id = {});
/// The same as `message_frame`, for a client that may come back with the `id`.
[[nodiscard]] frame resumable_frame(std::string_view id, std::string_view json);
/// Whether `event` is such a frame with this `json`.
[[nodiscard]] bool carries(std::string_view event, std::string_view json) noexcept;
/// An event without data: an `id` to come back with before anything was said, and how long to wait
/// before (WHATWG HTML, 9.2.6).
[[nodiscard]] frame priming_frame(std::string_view id, std::chrono::milliseconds retry);
/// Bytes of a download, chunk framed; null for none, since an empty chunk would end it.
[[nodiscard]] frame bytes_frame(std::string_view bytes);

/// An open server-sent event response, or a download whose size is not known. Owned by whoever
/// feeds it and by its pending I/O. Every function may be called from any thread; on another thread
/// than its own it posts. Unsent bytes are bounded: over the limit the stream closes with
/// `slow_reader`.
class event_stream {
public:
    virtual ~event_stream() = default;

    virtual void send(frame piece) = 0;
    /// Sends the rest, ends the response properly and closes. `on_end` fires with `finished`.
    virtual void finish() = 0;
    /// Closes without the end of the response, so that the client knows that something is missing.
    /// `on_end` fires with `broken_off`.
    virtual void break_off() = 0;
    /// Calls once, on the stream's own thread, when nothing sent waits any more, which may be now.
    /// Never when the stream ends before. One callback at a time.
    virtual void on_drained(std::function<void()> callback) = 0;
    /// Called once, on the stream's own thread, also when it has ended already.
    virtual void on_end(std::function<void(stream_end)> callback) = 0;
    /// Index of the io context that it lives on.
    [[nodiscard]] virtual std::size_t unit() const noexcept = 0;
};

using event_stream_ptr = std::shared_ptr<event_stream>;

} // namespace orch::net
