#include "net/http_connection.hpp"

#include "core/byte_sizes.hpp"
#include "core/log.hpp"
#include "net/pending_exchange.hpp"

#include <boost/asio/buffer.hpp>

#include <algorithm>
#include <exception>
#include <utility>

namespace orch::net {
namespace {

namespace asio = boost::asio;

/// Room for the end of a chunk header or of a pipelined request beside a full-size header.
constexpr std::size_t input_slack = 4 * kib;
constexpr std::size_t body_read_max = 64 * kib;

std::size_t input_bytes_max(const http_options& options) {
    return std::max(options.header_bytes_max + input_slack, body_read_max);
}

} // namespace

http_connection::http_connection(std::shared_ptr<server_unit> unit, stream_socket socket,
                                 peer_identity peer)
    : unit_(std::move(unit)), socket_(std::move(socket)), peer_(std::move(peer)),
      input_(input_bytes_max(unit_->options())),
      reader_({unit_->options().header_bytes_max, unit_->options().body_bytes_max}) {
    unit_->core().connections.fetch_add(1, std::memory_order_relaxed);
}

http_connection::~http_connection() { leave(); }

void http_connection::start() {
    unit_->add(*this);
    // A new client that sends nothing is not idle but slow.
    enter(stage::header);
    receive();
}

void http_connection::advance() {
    if (advancing_) {
        return; // An answer given by the handler itself: the loop below goes on with it.
    }
    advancing_ = true;
    auto starved = false;
    while (phase_ == phase::reading && !starved) {
        guarded([&] {
            if (!input_.data().empty()) {
                input_.consume(reader_.feed(input_.data()));
            }
            switch (reader_.state()) {
            case request_reader::progress::complete: dispatch(); break;
            case request_reader::progress::refused:
                refuse(reader_.why_refused().status, reader_.why_refused().reason);
                break;
            case request_reader::progress::body_wanted: starved = body_is_welcome(); break;
            case request_reader::progress::header_wanted: starved = true; break;
            }
        });
    }
    advancing_ = false;
    if (starved) {
        await_more_input();
    }
}

template <class Function>
void http_connection::guarded(Function&& run) {
    const auto serial = serial_;
    try {
        run();
    } catch (const std::exception& failure) {
        log::error("net", "request failed: {}", failure.what());
        if (phase_ == phase::reading && serial_ == serial) {
            close(); // It never became a request that could be answered.
        }
        answer(serial_, response{500, "text/plain", "internal error\n", {}});
    }
}

void http_connection::receive() {
    if (receiving_) {
        return;
    }
    // A request that waits its turn behind the one in progress must not make the buffer grow.
    const auto room = phase_ == phase::handling
                          ? input_.free_space()
                          : input_.prepare(std::min(reader_.body_bytes_left(), body_read_max));
    if (room.empty()) {
        if (phase_ == phase::reading) {
            refuse(431, "the request header is too large");
        }
        return;
    }
    receiving_ = true;
    socket_.async_read_some(
        asio::buffer(room.data(), room.size()),
        [self = shared_from_this()](boost::system::error_code ec, std::size_t bytes) {
            self->on_received(ec, bytes);
        });
}

void http_connection::on_received(boost::system::error_code ec, std::size_t bytes) {
    receiving_ = false;
    if (phase_ == phase::closed) {
        return;
    }
    if (ec) {
        on_hang_up();
        return;
    }
    if (phase_ == phase::lingering) {
        receive();
        return;
    }
    input_.commit(bytes);
    if (phase_ == phase::reading) {
        advance();
    } else if (phase_ == phase::handling) {
        receive();
    }
}

void http_connection::on_hang_up() {
    last_ = true;
    if (phase_ == phase::reading || phase_ == phase::lingering) {
        close();
    } else if (phase_ == phase::handling) {
        // The answer is still sent when it comes: the peer may have closed only its own side.
        peer_gone_ = true;
        on_late_ = nullptr;
        if (auto callback = std::exchange(on_peer_gone_, nullptr)) {
            guarded(callback);
        }
    }
}

void http_connection::await_more_input() {
    if (reader_.state() == request_reader::progress::body_wanted) {
        enter(stage::body);
        send_continue();
    } else if (serial_ > 0 && input_.data().empty()) {
        enter(stage::idle);
    } else {
        enter(stage::header);
    }
    receive();
}

void http_connection::enter(stage next) {
    if (stage_ == next) {
        return; // A slow sender does not win time with each byte.
    }
    stage_ = next;
    const auto& options = unit_->options();
    set_deadline(next == stage::idle     ? options.idle_timeout
                 : next == stage::header ? options.header_timeout
                                         : options.body_timeout);
}

void http_connection::send_continue() {
    if (!reader_.expects_continue() || continue_sent_) {
        return;
    }
    continue_sent_ = true;
    std::string line = "HTTP/1.1 100 Continue\r\n\r\n";
    iovec piece{line.data(), line.size()};
    // A socket too full for this line belongs to a client that will not wait for it either.
    static_cast<void>(send_some(socket_.native_handle(), {&piece, 1}));
}

void http_connection::dispatch() {
    ++serial_;
    phase_ = phase::handling;
    stage_ = stage::none;
    auto message = std::move(reader_.message());
    complete(message);
    body_admitted_ = false;
    head_only_ = message.method == "HEAD";
    last_ = last_ || !reader_.keep_alive();
    remember(message);
    if (unit_->core().stopping.load(std::memory_order_relaxed)) {
        last_ = true;
        answer(serial_, response{503, "text/plain", "the server is stopping\n", {}});
        return;
    }
    const auto pending = std::make_shared<pending_exchange>(shared_from_this(), serial_);
    unit_->core().hooks.handle(std::move(message), pending);
}

void http_connection::complete(request& message) const {
    message.received_at = std::chrono::system_clock::now();
    message.unit = unit_->index();
    message.peer_uid = peer_.uid;
    message.client_address = unit_->core().proxies.client_address(peer_.address, message.headers);
}

bool http_connection::body_is_welcome() {
    const auto& ask = unit_->core().hooks.refuse_early;
    if (body_admitted_ || !ask) {
        return true;
    }
    complete(reader_.message());
    if (auto refusal = ask(reader_.message())) {
        refuse(std::move(*refusal));
        return false;
    }
    body_admitted_ = true;
    return true;
}

void http_connection::remember(const request& message) {
    if (!keeps_notes()) {
        return;
    }
    record_.started = std::chrono::steady_clock::now();
    record_.method = message.method;
    record_.path = message.path;
    record_.client_address = message.client_address;
    record_.route.clear();
    record_.principal.clear();
}

void http_connection::refuse(int status, std::string_view reason) {
    refuse(response{status, "text/plain", std::string{reason} + "\n", {}});
}

void http_connection::refuse(response&& answer) {
    ++serial_;
    last_ = true;
    linger_after_ = true;
    auto& message = reader_.message();
    message.client_address = peer_.address;
    head_only_ = message.method == "HEAD";
    remember(message);
    send(std::move(answer));
}

void http_connection::on_tick(unit_tick& turn) {
    const auto self = shared_from_this();
    if (phase_ == phase::handling) {
        // Only so does a hang-up show that nobody waits for. Most handlers are done sooner, and
        // reading in vain is a system call.
        receive();
    }
    if (turn.now < deadline_) {
        return;
    }
    if (phase_ == phase::handling) {
        if (auto callback = std::exchange(on_late_, nullptr)) {
            guarded(callback);
        }
        return;
    }
    const auto request_begun = stage_ == stage::body || !input_.data().empty();
    if (phase_ == phase::reading && stage_ != stage::idle && request_begun) {
        refuse(408, "the request took too long to arrive");
    } else {
        close();
    }
}

void http_connection::on_stop() {
    const auto self = shared_from_this();
    last_ = true;
    if (phase_ == phase::reading || phase_ == phase::lingering) {
        close();
    }
}

void http_connection::set_deadline(std::chrono::milliseconds from_now) {
    deadline_ = std::chrono::steady_clock::now() + from_now;
}

} // namespace orch::net
