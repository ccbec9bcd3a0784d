#pragma once

#include "net/event_stream.hpp"
#include "net/server_unit.hpp"
#include "net/stream_socket.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace orch::net {

/// The whole of an open stream: a socket and what waits to be sent. There are thousands of
/// them and most are idle, so it has no buffers and no timer of its own.
/// Kept alive by its pending wait for the peer and by whoever feeds it.
class sse_connection final : public event_stream,
                             public unit_member,
                             public std::enable_shared_from_this<sse_connection> {
public:
    /// Without a `socket` the stream has ended before it began, as `peer_closed`.
    sse_connection(std::shared_ptr<server_unit> unit, std::optional<stream_socket> socket,
                   stream_kind kind);
    ~sse_connection() override;

    /// Sends the response header and `first` (may be null) and begins to watch the peer.
    void start(frame head, frame first);

    void send(frame piece) override;
    void finish() override;
    void break_off() override;
    void on_drained(std::function<void()> callback) override;
    void on_end(std::function<void(stream_end)> callback) override;
    [[nodiscard]] std::size_t unit() const noexcept override { return unit_->index(); }

    void on_tick(unit_tick& turn) override;
    void on_stop() override;

private:
    [[nodiscard]] bool on_own_thread() const { return unit_->executor().running_in_this_thread(); }
    void enqueue(frame piece);
    void flush();
    [[nodiscard]] std::optional<std::size_t> send_batch();
    void drop_sent(std::size_t bytes);
    void wait_until_writable();
    void watch_peer();
    void tell_drained();
    void close(stream_end reason);

    std::shared_ptr<server_unit> unit_;
    /// Gone as soon as the stream has ended; what is left may outlive the io context.
    std::optional<stream_socket> socket_;
    std::vector<frame> queue_;
    /// Frames of `queue_` that are sent, and bytes of the first unsent one.
    std::size_t frames_sent_ = 0;
    std::size_t front_bytes_sent_ = 0;
    std::size_t queued_bytes_ = 0;
    /// The last time the peer took something, or had nothing to take.
    monotonic_time progress_at_;
    std::function<void(stream_end)> on_end_;
    std::function<void()> on_drained_;
    std::optional<stream_end> ended_;
    const stream_kind kind_;
    bool finishing_ = false;
    bool blocked_ = false;
};

} // namespace orch::net
