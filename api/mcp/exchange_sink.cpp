#include "api/mcp/exchange_sink.hpp"

#include <utility>

namespace orch::api {

namespace {

/// What touches the connection runs on the connection's unit.
class exchange_sink final : public actors::event_sink,
                            public std::enable_shared_from_this<exchange_sink> {
public:
    exchange_sink(net::exchange_ptr exchange, actors::bridge::io_unit& unit,
                  net::header_list headers)
        : exchange_(std::move(exchange)), unit_(unit), headers_(std::move(headers)) {}

    void respond(net::response answer) override {
        unit_.dispatch([self = shared_from_this(), answer = std::move(answer)]() mutable {
            if (const auto exchange = std::exchange(self->exchange_, nullptr)) {
                auto& headers = answer.headers;
                headers.insert(headers.begin(), self->headers_.begin(), self->headers_.end());
                exchange->respond(std::move(answer));
            }
        });
    }

    void push(net::frame event) override {
        unit_.dispatch([self = shared_from_this(), event = std::move(event)]() mutable {
            self->deliver(std::move(event));
        });
    }

    void finish() override {
        unit_.dispatch([self = shared_from_this()] {
            self->deliver(nullptr);
            if (self->stream_) {
                self->stream_->finish();
            }
        });
    }

    void on_end(std::function<void()> callback) override {
        unit_.dispatch([self = shared_from_this(), callback = std::move(callback)]() mutable {
            self->on_end_ = std::move(callback);
        });
    }

    void on_late(std::chrono::milliseconds after, std::function<void()> callback) override {
        if (exchange_) {
            exchange_->on_late(after, std::move(callback));
        }
    }

private:
    void deliver(net::frame event) {
        if (stream_) {
            if (event) {
                stream_->send(std::move(event));
            }
            return;
        }
        // The request's connection has more of it than a stream needs.
        const auto exchange = std::exchange(exchange_, nullptr);
        if (!exchange) {
            return;
        }
        stream_ = exchange->open_stream(std::move(headers_), std::move(event));
        stream_->on_end([callback = std::move(on_end_)](net::stream_end) {
            if (callback) {
                callback();
            }
        });
    }

    /// Null when the answer was given or is a stream.
    net::exchange_ptr exchange_;
    net::event_stream_ptr stream_;
    actors::bridge::io_unit& unit_;
    net::header_list headers_;
    std::function<void()> on_end_;
};

} // namespace

actors::event_sink_ptr make_exchange_sink(net::exchange_ptr exchange, actors::bridge::io_unit& unit,
                                          net::header_list headers) {
    return std::make_shared<exchange_sink>(std::move(exchange), unit, std::move(headers));
}

} // namespace orch::api
