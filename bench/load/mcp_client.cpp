#include "bench/load/mcp_client.hpp"

#include <fmt/format.h>

#include <stdexcept>
#include <utility>

namespace orch::bench {

namespace {

constexpr std::string_view initialize =
    R"({{"jsonrpc":"2.0","id":{},"method":"initialize","params":{{"protocolVersion":"2025-06-18",)"
    R"("capabilities":{{}},"clientInfo":{{"name":"bench","version":"1"}}}}}})";
constexpr std::string_view initialized =
    R"({"jsonrpc":"2.0","method":"notifications/initialized"})";
constexpr std::string_view call_echo =
    R"({{"jsonrpc":"2.0","id":{},"method":"tools/call","params":{{"name":"echo",)"
    R"("arguments":{{"nonce":{},"text":"{}"}}}}}})";

bool holds(std::string_view text, std::string_view wanted) {
    return text.find(wanted) != std::string_view::npos;
}

/// `"id":7` must not be found in `"id":70`.
bool answers(std::string_view message, std::string_view id) {
    const auto member = fmt::format("\"id\":{}", id);
    return holds(message, member + ",") || holds(message, member + "}");
}

} // namespace

mcp_client::mcp_client(endpoint where, std::uint32_t number)
    : where_(std::move(where)), number_(number) {}

void mcp_client::shake_hands(then ready) {
    id_ = std::to_string(++requests_);
    waiting_ = [this, ready = std::move(ready)](std::string_view message) {
        if (!answers(message, id_) || !holds(message, "\"result\"")) {
            throw std::runtime_error("initialize was refused: " + std::string(message));
        }
        send(std::string(initialized));
        ready();
    };
    send(fmt::format(fmt::runtime(initialize), id_));
}

void mcp_client::call(judge judged) {
    id_ = std::to_string(++requests_);
    nonce_ = fmt::format("\"{}-{}\"", number_, requests_);
    waiting_ = [this, judged = std::move(judged)](std::string_view message) {
        judged(answers(message, id_) && holds(message, nonce_) && holds(message, "\"result\"") &&
               !holds(message, "\"isError\":true"));
    };
    send(fmt::format(fmt::runtime(call_echo), id_, nonce_, std::string(where_.payload_bytes, 'x')));
}

void mcp_client::receive(std::string_view message) {
    const auto waiting = std::exchange(waiting_, nullptr);
    if (!waiting) {
        throw std::runtime_error("a message that nobody waits for: " + std::string(message));
    }
    waiting(message);
}

} // namespace orch::bench
