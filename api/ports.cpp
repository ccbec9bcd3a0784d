#include "api/ports.hpp"

#include "api/problem.hpp"
#include "api/rest_types.hpp"
#include "api/timestamps.hpp"
#include "mcp/json_rpc.hpp"

namespace orch::api {

namespace {

using actors::encoded_message;
using actors::json_pieces;

class stream_port final : public actors::reply_port {
public:
    explicit stream_port(net::event_stream_ptr stream) : stream_(std::move(stream)) {}

    encoded_message encode(const json_pieces& message) const override {
        return {net::message_frame(message.head, message.middle, message.tail), {}};
    }
    bool takes_messages() const override { return true; }
    void send(encoded_message message) override { stream_->send(std::move(message.frame)); }
    void answer(encoded_message message) override { stream_->send(std::move(message.frame)); }
    void abandon() override {}
    void finish() override { stream_->finish(); }

private:
    net::event_stream_ptr stream_;
};

class refusal_port final : public actors::reply_port {
public:
    refusal_port(net::exchange_ptr exchange, net::response refusal)
        : exchange_(std::move(exchange)), refusal_(std::move(refusal)) {}

    encoded_message encode(const json_pieces&) const override { return {}; }
    bool takes_messages() const override { return false; }
    void send(encoded_message) override {}
    void answer(encoded_message) override { exchange_->respond(std::move(refusal_)); }
    void abandon() override {}
    void finish() override {}

private:
    net::exchange_ptr exchange_;
    net::response refusal_;
};

class rest_port final : public actors::reply_port {
public:
    rest_port(net::exchange_ptr exchange, const orch::clock_source& clock)
        : exchange_(std::move(exchange)), clock_(clock) {}

    encoded_message encode(const json_pieces& message) const override {
        return {nullptr, joined(message)};
    }
    bool takes_messages() const override { return false; }
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

actors::reply_port_ptr make_refusal_port(net::exchange_ptr exchange, net::response refusal) {
    return std::make_shared<refusal_port>(std::move(exchange), std::move(refusal));
}

actors::reply_port_ptr make_rest_port(net::exchange_ptr exchange, const orch::clock_source& clock) {
    return std::make_shared<rest_port>(std::move(exchange), clock);
}

} // namespace orch::api
