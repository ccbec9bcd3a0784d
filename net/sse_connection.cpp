#include "net/sse_connection.hpp"

#include <boost/asio/post.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace orch::net {
namespace {

namespace asio = boost::asio;

/// A burst may leave this much room behind; beyond it the queue gives its memory back.
constexpr std::size_t kept_queue_capacity = 16;
constexpr std::size_t batch_max = 64;

const frame& keep_alive_frame() {
    static const frame comment = std::make_shared<const std::string>("d\r\n: keepalive\n\n\r\n");
    return comment;
}

const frame& last_chunk() {
    static const frame chunk = std::make_shared<const std::string>("0\r\n\r\n");
    return chunk;
}

} // namespace

sse_connection::sse_connection(std::shared_ptr<server_unit> unit,
                               std::optional<stream_socket> socket, stream_kind kind)
    : unit_(std::move(unit)), socket_(std::move(socket)),
      progress_at_(std::chrono::steady_clock::now()), kind_(kind) {
    if (socket_) {
        unit_->core().streams.fetch_add(1, std::memory_order_relaxed);
    } else {
        ended_ = stream_end::peer_closed;
    }
}

sse_connection::~sse_connection() {
    if (!ended_) {
        unit_->core().streams.fetch_sub(1, std::memory_order_relaxed);
    }
}

void sse_connection::start(frame head, frame first) {
    unit_->add(*this);
    queue_.reserve(2);
    queued_bytes_ += head->size();
    queue_.push_back(std::move(head));
    if (first) {
        queued_bytes_ += first->size();
        queue_.push_back(std::move(first));
    }
    flush();
    if (!ended_) {
        watch_peer();
    }
}

void sse_connection::send(frame piece) {
    if (on_own_thread()) {
        enqueue(std::move(piece));
        return;
    }
    asio::post(unit_->executor(), [self = shared_from_this(), piece = std::move(piece)]() mutable {
        self->enqueue(std::move(piece));
    });
}

void sse_connection::finish() {
    if (!on_own_thread()) {
        asio::post(unit_->executor(), [self = shared_from_this()] { self->finish(); });
        return;
    }
    if (!finishing_ && !ended_) {
        finishing_ = true;
        queued_bytes_ += last_chunk()->size();
        queue_.push_back(last_chunk());
        flush();
    }
}

void sse_connection::break_off() {
    if (!on_own_thread()) {
        asio::post(unit_->executor(), [self = shared_from_this()] { self->break_off(); });
        return;
    }
    close(stream_end::broken_off);
}

void sse_connection::on_drained(std::function<void()> callback) {
    if (!on_own_thread()) {
        asio::post(unit_->executor(),
                   [self = shared_from_this(), callback = std::move(callback)]() mutable {
                       self->on_drained(std::move(callback));
                   });
        return;
    }
    if (!ended_) {
        on_drained_ = std::move(callback);
        tell_drained();
    }
}

void sse_connection::tell_drained() {
    if (queued_bytes_ == 0 && on_drained_) {
        // Posted: it may send, inside of a send.
        asio::post(unit_->executor(), std::exchange(on_drained_, nullptr));
    }
}

void sse_connection::on_end(std::function<void(stream_end)> callback) {
    if (!on_own_thread()) {
        asio::post(unit_->executor(),
                   [self = shared_from_this(), callback = std::move(callback)]() mutable {
                       self->on_end(std::move(callback));
                   });
        return;
    }
    if (ended_) {
        asio::post(unit_->executor(),
                   [callback = std::move(callback), reason = *ended_] { callback(reason); });
        return;
    }
    on_end_ = std::move(callback);
}

void sse_connection::on_tick(unit_tick& turn) {
    const auto since = turn.now - progress_at_;
    if (blocked_) {
        if (since >= unit_->options().stream_stall_timeout) {
            close(stream_end::slow_reader);
        }
    } else if (kind_ == stream_kind::events && since >= unit_->options().keep_alive_interval &&
               turn.keep_alives_left > 0) {
        --turn.keep_alives_left;
        enqueue(keep_alive_frame());
    }
}

void sse_connection::on_stop() {
    // A download that stops here is not whole.
    if (kind_ == stream_kind::events && !finishing_ && !ended_) {
        queue_.push_back(last_chunk());
        static_cast<void>(send_batch());
    }
    close(stream_end::server_stopping);
}

void sse_connection::enqueue(frame piece) {
    if (ended_ || finishing_ || !piece || piece->empty()) {
        return;
    }
    // One frame may be larger than the whole queue; it must only not wait behind others.
    const auto waiting = queued_bytes_;
    if (waiting > 0 && waiting + piece->size() > unit_->options().stream_queue_bytes_max) {
        close(stream_end::slow_reader);
        return;
    }
    queued_bytes_ += piece->size();
    queue_.push_back(std::move(piece));
    flush();
}

void sse_connection::flush() {
    if (blocked_ || ended_) {
        return;
    }
    while (queued_bytes_ > 0) {
        const auto sent = send_batch();
        if (!sent) {
            close(stream_end::peer_closed);
            return;
        }
        if (*sent == 0) {
            wait_until_writable();
            return;
        }
        drop_sent(*sent);
        progress_at_ = std::chrono::steady_clock::now();
    }
    if (finishing_) {
        close(stream_end::finished);
    } else {
        tell_drained();
    }
}

std::optional<std::size_t> sse_connection::send_batch() {
    std::array<iovec, batch_max> pieces{};
    std::size_t count = 0;
    auto skip = front_bytes_sent_;
    for (auto at = frames_sent_; at < queue_.size() && count < batch_max; ++at) {
        // The kernel only reads; iovec has no const.
        auto* bytes = const_cast<char*>(queue_[at]->data());
        pieces[count++] = {bytes + skip, queue_[at]->size() - skip};
        skip = 0;
    }
    return send_some(socket_->native_handle(), {pieces.data(), count});
}

void sse_connection::drop_sent(std::size_t bytes) {
    queued_bytes_ -= bytes;
    bytes += front_bytes_sent_;
    while (frames_sent_ < queue_.size() && bytes >= queue_[frames_sent_]->size()) {
        bytes -= queue_[frames_sent_]->size();
        queue_[frames_sent_++].reset();
    }
    front_bytes_sent_ = bytes;
    if (queued_bytes_ == 0) {
        queue_.clear();
        frames_sent_ = 0;
        if (queue_.capacity() > kept_queue_capacity) {
            std::vector<frame>{}.swap(queue_);
        }
    } else if (frames_sent_ > batch_max && frames_sent_ > queue_.size() / 2) {
        queue_.erase(queue_.begin(), queue_.begin() + static_cast<std::ptrdiff_t>(frames_sent_));
        frames_sent_ = 0;
    }
}

void sse_connection::wait_until_writable() {
    blocked_ = true;
    socket_->async_wait(stream_socket::wait_write,
                        [self = shared_from_this()](boost::system::error_code ec) {
                            self->blocked_ = false;
                            if (!ec) {
                                self->flush();
                            }
                        });
}

void sse_connection::watch_peer() {
    socket_->async_wait(stream_socket::wait_read,
                        [self = shared_from_this()](boost::system::error_code ec) {
                            if (ec || self->ended_) {
                                return;
                            }
                            std::array<char, 512> ignored{};
                            const auto got = ::recv(self->socket_->native_handle(), ignored.data(),
                                                    ignored.size(), MSG_DONTWAIT);
                            if (got > 0 || (got < 0 && (errno == EAGAIN || errno == EINTR))) {
                                self->watch_peer();
                            } else {
                                self->close(stream_end::peer_closed);
                            }
                        });
}

void sse_connection::close(stream_end reason) {
    if (ended_) {
        return;
    }
    ended_ = reason;
    unit_->core().streams.fetch_sub(1, std::memory_order_relaxed);
    unlink();
    boost::system::error_code ignored;
    if (reason == stream_end::finished || reason == stream_end::server_stopping) {
        socket_->shutdown(stream_socket::shutdown_send, ignored);
    }
    socket_.reset();
    std::vector<frame>{}.swap(queue_);
    queued_bytes_ = 0;
    on_drained_ = nullptr;
    if (on_end_) {
        // Posted, since this may run inside of a call that the receiver made.
        asio::post(unit_->executor(),
                   [callback = std::move(on_end_), reason] { callback(reason); });
        on_end_ = nullptr;
    }
}

} // namespace orch::net
