#include "api/ports.hpp"

#include "api/problem.hpp"
#include "api/rest_types.hpp"
#include "api/timestamps.hpp"
#include "mcp/json_rpc.hpp"

namespace orch::api {

namespace {

using actors::encoded_message;
using actors::json_pieces;

std::string joined(const json_pieces& message) {
    std::string text;
    text.reserve(message.head.size() + message.middle.size() + message.tail.size());
    text.append(message.head).append(message.middle).append(message.tail);
    return text;
}

encoded_message as_event(const json_pieces& message) {
    return {net::message_frame(message.head, message.middle, message.tail), {}};
}

class stream_port final : public actors::reply_port {
public:
    explicit stream_port(net::event_stream_ptr stream) : stream_(std::move(stream)) {}

    encoded_message encode(const json_pieces& message) const override { return as_event(message); }
    void send(encoded_message message) override { stream_->send(std::move(message.frame)); }
    void answer(encoded_message message) override { stream_->send(std::move(message.frame)); }
    void abandon() override {}
    void finish() override { stream_->finish(); }

private:
    net::event_stream_ptr stream_;
};

/// `send` and `encode` are called by one session actor, everything that touches the connection
/// runs on the connection's unit.
class post_port final : public actors::reply_port, public std::enable_shared_from_this<post_port> {
public:
    post_port(net::exchange_ptr exchange, actors::bridge::io_unit& unit, reply_shape shape,
              net::header_list headers)
        : exchange_(std::move(exchange)), unit_(unit), shape_(shape), headers_(std::move(headers)),
          streaming_(shape == reply_shape::stream_only) {}

    encoded_message encode(const json_pieces& message) const override {
        return streaming_ ? as_event(message) : encoded_message{nullptr, joined(message)};
    }

    void send(encoded_message message) override {
        if (shape_ == reply_shape::json_only) {
            return;
        }
        if (!streaming_) {
            streaming_ = true;
            message.frame = net::message_frame(message.text);
        }
        unit_.dispatch([self = shared_from_this(), frame = std::move(message.frame)]() mutable {
            self->push(std::move(frame));
        });
    }

    void answer(encoded_message message) override {
        unit_.dispatch([self = shared_from_this(), message = std::move(message)]() mutable {
            if (!self->exchange_) {
                return; // The request had its end.
            }
            if (message.frame) {
                self->push(std::move(message.frame));
                self->stream_->finish();
            } else {
                self->exchange_->respond(
                    {200, "application/json", std::move(message.text), std::move(self->headers_)});
            }
            self->exchange_.reset();
        });
    }

    void abandon() override {
        unit_.dispatch([self = shared_from_this()] {
            if (!self->exchange_) {
                return;
            }
            if (self->stream_) {
                self->stream_->finish();
            } else {
                self->exchange_->respond({202, "", "", std::move(self->headers_)});
            }
            self->exchange_.reset();
        });
    }

    void finish() override {}

private:
    void push(net::frame frame) {
        if (!exchange_) {
            return;
        }
        if (stream_) {
            stream_->send(std::move(frame));
        } else {
            stream_ = exchange_->open_stream(std::move(headers_), std::move(frame));
        }
    }

    net::exchange_ptr exchange_;
    net::event_stream_ptr stream_;
    actors::bridge::io_unit& unit_;
    const reply_shape shape_;
    net::header_list headers_;
    /// Whether messages are encoded as events; known to the session before the stream is open.
    bool streaming_;
};

class rest_port final : public actors::reply_port {
public:
    rest_port(net::exchange_ptr exchange, const orch::clock_source& clock)
        : exchange_(std::move(exchange)), clock_(clock) {}

    encoded_message encode(const json_pieces& message) const override {
        return {nullptr, joined(message)};
    }
    void send(encoded_message) override {}
    void answer(encoded_message message) override {
        execution_answer answer;
        answer.executed_at = to_rfc3339(clock_.wall());
        const auto parts = mcp::parse_server_line(message.text);
        if (!parts) {
            exchange_->respond(problem(500, parts.error().detail));
            return;
        }
        const auto outcome = mcp::read_call_outcome(message.text, *parts);
        if (parts->result.present()) {
            answer.success = !outcome.is_error;
            answer.result.text = parts->result.of(message.text);
            if (outcome.is_error) {
                answer.error = "the tool reported an error";
            }
        } else {
            answer.error = outcome.rpc_message;
            answer.error_code = outcome.rpc_code;
        }
        exchange_->respond(json_response(to_json(answer)));
    }
    void abandon() override { exchange_->respond(problem(503, "the call was cancelled")); }
    void finish() override {}

private:
    net::exchange_ptr exchange_;
    const orch::clock_source& clock_;
};

} // namespace

actors::reply_port_ptr make_stream_port(net::event_stream_ptr stream) {
    return std::make_shared<stream_port>(std::move(stream));
}

actors::reply_port_ptr make_post_port(net::exchange_ptr exchange, actors::bridge::io_unit& unit,
                                      reply_shape shape, net::header_list headers) {
    return std::make_shared<post_port>(std::move(exchange), unit, shape, std::move(headers));
}

actors::reply_port_ptr make_rest_port(net::exchange_ptr exchange, const orch::clock_source& clock) {
    return std::make_shared<rest_port>(std::move(exchange), clock);
}

} // namespace orch::api
