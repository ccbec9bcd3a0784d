#include "net/http_connection.hpp"
#include "net/sse_connection.hpp"

#include <cassert>
#include <utility>

namespace orch::net {
namespace {

/// How long a client may take to read a refusal while we throw away what it still sends.
constexpr std::chrono::milliseconds linger_time{2'000};

/// The connection ends with the stream, and says so (RFC 9112, 9.6).
frame stream_head(std::string_view content_type, const header_list& headers) {
    auto head = std::make_shared<std::string>("HTTP/1.1 200 OK\r\n"
                                              "Cache-Control: no-cache, no-transform\r\n"
                                              "X-Accel-Buffering: no\r\n"
                                              "Transfer-Encoding: chunked\r\n"
                                              "Connection: close\r\n");
    append_headers(*head, {{"Content-Type", std::string(content_type)}});
    append_headers(*head, headers);
    head->append("\r\n");
    return head;
}

/// The same descriptor in a socket that no pending read refers to.
stream_socket detach(stream_socket& socket, const io_executor& executor) {
    boost::system::error_code ignored;
    const auto descriptor = socket.release(ignored);
    stream_socket fresh{executor};
    fresh.assign(stream_socket::protocol_type{AF_UNSPEC, 0}, descriptor, ignored);
    return fresh;
}

} // namespace

void http_connection::answer(std::uint64_t serial, response&& answer) {
    if (serial == serial_ && phase_ == phase::handling) {
        send(std::move(answer));
    }
}

event_stream_ptr http_connection::open_stream(std::uint64_t serial, stream_kind kind,
                                              std::string_view content_type,
                                              const header_list& headers, frame first) {
    assert(on_own_thread());
    if (unit_->core().stopping.load(std::memory_order_relaxed)) {
        answer(serial, response{503, "text/plain", "the server is stopping\n", {}});
        return std::make_shared<sse_connection>(unit_, std::nullopt, kind);
    }
    const auto open = serial == serial_ && phase_ == phase::handling && !peer_gone_;
    if (!open || head_only_) {
        answer(serial, response{200, std::string(content_type), {}, headers});
        return std::make_shared<sse_connection>(unit_, std::nullopt, kind);
    }
    auto head = stream_head(content_type, headers);
    report(200, head->size());
    on_peer_gone_ = nullptr;
    on_late_ = nullptr;
    leave();
    auto socket = receiving_ ? detach(socket_, executor()) : std::move(socket_);
    auto stream = std::make_shared<sse_connection>(unit_, std::move(socket), kind);
    stream->start(std::move(head), std::move(first));
    return stream;
}

void http_connection::watch_peer(std::uint64_t serial, std::function<void()> callback) {
    if (serial != serial_ || phase_ != phase::handling) {
        return;
    }
    if (peer_gone_) {
        callback();
    } else {
        on_peer_gone_ = std::move(callback);
        receive(); // Only so does it show; for others the next tick is soon enough.
    }
}

void http_connection::watch_time(std::uint64_t serial, std::chrono::milliseconds after,
                                 std::function<void()> callback) {
    assert(on_own_thread());
    if (serial == serial_ && phase_ == phase::handling && !peer_gone_) {
        // No other deadline runs while a request is handled.
        set_deadline(after);
        on_late_ = std::move(callback);
    }
}

void http_connection::note_route(std::uint64_t serial, std::string_view pattern) {
    if (serial == serial_) {
        record_.route = pattern;
    }
}

void http_connection::note_principal(std::uint64_t serial, std::string principal) {
    if (serial == serial_) {
        record_.principal = std::move(principal);
    }
}

void http_connection::send(response&& answer) {
    on_peer_gone_ = nullptr;
    on_late_ = nullptr;
    phase_ = phase::writing;
    output_.load(
        std::move(answer),
        {.keep_alive = !last_, .head_only = head_only_, .http_1_0 = reader_.is_http_1_0()});
    flush();
}

void http_connection::flush() {
    switch (output_.send(socket_.native_handle())) {
    case outgoing_response::progress::done: on_sent(); break;
    case outgoing_response::progress::broken:
        report(output_.status(), output_.bytes_sent());
        close();
        break;
    case outgoing_response::progress::blocked:
        set_deadline(unit_->options().stream_stall_timeout);
        socket_.async_wait(stream_socket::wait_write,
                           [self = shared_from_this()](boost::system::error_code ec) {
                               if (!ec && self->phase_ == phase::writing) {
                                   self->flush();
                               }
                           });
    }
}

void http_connection::on_sent() {
    report(output_.status(), output_.bytes());
    output_.release();
    if (last_) {
        linger_after_ ? linger() : close();
        return;
    }
    reader_.reset();
    continue_sent_ = false;
    if (!receiving_) {
        input_.shrink();
    }
    phase_ = phase::reading;
    advance();
}

void http_connection::report(int status, std::size_t bytes) {
    if (!keeps_notes()) {
        return;
    }
    const auto took = std::chrono::steady_clock::now() - record_.started;
    access_entry entry;
    entry.method = record_.method;
    entry.route = record_.route;
    entry.path = record_.path;
    entry.status = status;
    entry.duration = std::chrono::duration_cast<std::chrono::microseconds>(took);
    entry.principal = record_.principal;
    entry.client_address = record_.client_address;
    entry.response_bytes = bytes;
    unit_->core().hooks.access(entry);
}

void http_connection::linger() {
    phase_ = phase::lingering;
    set_deadline(linger_time);
    boost::system::error_code ignored;
    socket_.shutdown(stream_socket::shutdown_send, ignored);
    input_.consume(input_.data().size());
    receive();
}

void http_connection::close() {
    leave();
    boost::system::error_code ignored;
    socket_.close(ignored);
}

void http_connection::leave() {
    if (phase_ != phase::closed) {
        phase_ = phase::closed;
        unlink();
        unit_->core().connections.fetch_sub(1, std::memory_order_relaxed);
    }
}

} // namespace orch::net
