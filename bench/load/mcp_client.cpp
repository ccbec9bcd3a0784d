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
constexpr std::string_view call_tool =
    R"({{"jsonrpc":"2.0","id":{},"method":"tools/call","params":{{"name":"{}",)"
    R"("arguments":{}{}}}}})";
/// A message of its own names its method there; a result cannot, since its id comes before.
constexpr std::size_t notice_head = 64;
constexpr std::size_t shown_bytes = 500;

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

void mcp_client::call(const call_shape& shape, judge judged) {
    id_ = std::to_string(++requests_);
    nonce_ = fmt::format("\"{}-{}\"", number_, requests_);
    waiting_ = [this, shape, judged = std::move(judged)](std::string_view message) {
        judged(judge_answer(shape, message));
    };
    std::string arguments = fmt::format(R"({{"nonce":{})", nonce_);
    if (shape.result_bytes > 0) {
        arguments += fmt::format(R"(,"bytes":{})", shape.result_bytes);
    }
    if (shape.delay.count() > 0) {
        arguments += fmt::format(R"(,"milliseconds":{})", shape.delay.count());
    }
    arguments += fmt::format(R"(,"text":"{}"}})", std::string(shape.payload_bytes, 'x'));
    // The token is the id, so that all sessions use the same ones, too.
    const auto meta = shape.tool == "progress"
                          ? fmt::format(R"(,"_meta":{{"progressToken":{}}})", id_)
                          : std::string{};
    send(fmt::format(fmt::runtime(call_tool), id_, shape.tool, arguments, meta));
}

verdict mcp_client::judge_answer(const call_shape& shape, std::string_view message) const {
    if (!answers(message, id_)) {
        return verdict::wrong;
    }
    const bool is_error = holds(message, "\"isError\":true");
    if (holds(message, "\"error\":{") || is_error != (shape.tool == "fail")) {
        return verdict::failed;
    }
    const bool is_whole = message.size() >= shape.result_bytes;
    return holds(message, nonce_) && is_whole ? verdict::right : verdict::wrong;
}

void mcp_client::receive(std::string_view message) {
    if (holds(message.substr(0, notice_head), "\"method\":")) {
        if (notice_) {
            notice_(message);
        }
        return;
    }
    const auto waiting = std::exchange(waiting_, nullptr);
    if (!waiting) {
        throw std::runtime_error("a message that nobody waits for: " +
                                 std::string(message.substr(0, shown_bytes)));
    }
    waiting(message);
}

} // namespace orch::bench
