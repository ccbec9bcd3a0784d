#include "bench/baseline/event_sink.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>

namespace orch::bench {

namespace asio = boost::asio;

void event_sink::open(net::frame first) {
    static const auto head = std::make_shared<const std::string>(
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n"
        "Transfer-Encoding: chunked\r\n\r\n");
    waiting_ = {head, std::move(first)};
    write();
    watch();
}

void event_sink::send(net::frame piece) {
    waiting_.push_back(std::move(piece));
    if (leaving_.empty()) {
        write();
    }
}

void event_sink::watch() {
    socket_.async_read_some(
        asio::buffer(&unread_, 1),
        [self = shared_from_this()](boost::system::error_code fault, std::size_t) {
            if (!fault) {
                self->watch();
            }
        });
}

void event_sink::write() {
    leaving_.swap(waiting_);
    std::vector<asio::const_buffer> pieces;
    pieces.reserve(leaving_.size());
    for (const auto& frame : leaving_) {
        pieces.push_back(asio::buffer(*frame));
    }
    asio::async_write(socket_, pieces,
                      [self = shared_from_this()](boost::system::error_code fault, std::size_t) {
                          self->leaving_.clear();
                          if (!fault && !self->waiting_.empty()) {
                              self->write();
                          }
                      });
}

} // namespace orch::bench
