#include "bench/load/mcp_client.hpp"

#include <fmt/format.h>

#include <stdexcept>
#include <utility>

namespace orch::bench {

namespace {

constexpr std::string_view initialize = R"({"protocolVersion":"2025-11-25","capabilities":{},)"
                                        R"("clientInfo":{"name":"mcp-orch-bench","version":"1"}})";
constexpr std::string_view initialized =
    R"({"jsonrpc":"2.0","method":"notifications/initialized"})";
/// A message of its own names its method there; a result cannot, since its id comes before.
constexpr std::size_t notice_head = 64;
constexpr std::size_t shown_bytes = 500;
/// What tells one answer from another stands in so many bytes at its begin or end; between them is
/// what was asked for in bulk, which would take longer to search than to receive.
constexpr std::size_t edge_bytes = 4096;

bool holds(std::string_view text, std::string_view wanted) {
    return text.find(wanted) != std::string_view::npos;
}

bool edges_hold(std::string_view text, std::string_view wanted) {
    if (text.size() <= 2 * edge_bytes) {
        return holds(text, wanted);
    }
    return holds(text.substr(0, edge_bytes), wanted) ||
           holds(text.substr(text.size() - edge_bytes), wanted);
}

/// `"id":7` must not be found in `"id":70`.
bool answers(std::string_view message, std::string_view id) {
    const auto member = fmt::format("\"id\":{}", id);
    return edges_hold(message, member + ",") || edges_hold(message, member + "}");
}

bool is_error(std::string_view message) { return edges_hold(message, "\"error\":{"); }

std::string_view version_in(std::string_view message) {
    constexpr std::string_view member = R"("protocolVersion":")";
    const auto found = message.find(member);
    if (found == std::string_view::npos) {
        return {};
    }
    const auto value = message.substr(found + member.size());
    return value.substr(0, value.find('"'));
}

std::string params_of(const std::string& tool_prefix, const call_shape& shape, std::string_view id,
                      std::string_view nonce) {
    auto params = fmt::format(R"({{"name":"{}{}","arguments":{{"nonce":"{}")", tool_prefix,
                              shape.tool, nonce);
    if (shape.result_bytes > 0) {
        params += fmt::format(R"(,"bytes":{})", shape.result_bytes);
    }
    if (shape.delay.count() > 0) {
        params += fmt::format(R"(,"milliseconds":{})", shape.delay.count());
    }
    params += R"(,"text":")";
    params.append(shape.payload_bytes, 'x') += "\"}";
    if (shape.tool == "progress") {
        // The token is the id, so that all sessions use the same ones, too.
        params += fmt::format(R"(,"_meta":{{"progressToken":{}}})", id);
    }
    return params += '}';
}

} // namespace

mcp_client::mcp_client(endpoint where, std::uint32_t number)
    : where_(std::move(where)), number_(number) {}

void mcp_client::shake_hands(then ready) {
    request("initialize", initialize, [this, ready = std::move(ready)](std::string_view message) {
        version_ = version_in(message);
        if (version_.empty()) {
            lose("initialize was refused: " + std::string(message.substr(0, shown_bytes)));
            return;
        }
        send(std::string(initialized));
        ready();
    });
}

void mcp_client::call(const call_shape& shape, judge judged) {
    nonce_ = fmt::format("s{}c{}.", number_, requests_ + 1);
    request("tools/call",
            params_of(where_.tool_prefix, shape, std::to_string(requests_ + 1), nonce_),
            [this, shape, judged = std::move(judged)](std::string_view message) {
                judged(judge_answer(shape, message));
            });
}

void mcp_client::list_tools(judge judged) {
    request("tools/list", "{}", [this, judged = std::move(judged)](std::string_view message) {
        const bool is_right = is_awaited(message) && holds(message, "\"inputSchema\":");
        judged(is_error(message) ? verdict::failed : is_right ? verdict::right : verdict::wrong);
    });
}

void mcp_client::request(std::string_view method, std::string_view params, listener on_answer) {
    id_ = std::to_string(++requests_);
    waiting_ = std::move(on_answer);
    send(fmt::format(R"({{"jsonrpc":"2.0","id":{},"method":"{}","params":{}}})", id_, method,
                     params));
}

bool mcp_client::is_awaited(std::string_view message) const { return answers(message, id_); }

verdict mcp_client::judge_answer(const call_shape& shape, std::string_view message) const {
    if (!answers(message, id_)) {
        return verdict::wrong;
    }
    const bool is_tool_error = edges_hold(message, "\"isError\":true");
    if (is_error(message) || is_tool_error != (shape.tool == "fail")) {
        return verdict::failed;
    }
    const bool is_whole = message.size() >= shape.result_bytes;
    const bool is_nonce = edges_hold(message, nonce_);
    return is_nonce && is_whole ? verdict::right : verdict::wrong;
}

void mcp_client::receive(std::string_view message) {
    if (is_closed_) {
        return;
    }
    if (holds(message.substr(0, notice_head), "\"method\":")) {
        if (notice_) {
            notice_(message);
        }
        return;
    }
    if (foreign_ && !(waiting_ && is_awaited(message))) {
        foreign_(message);
        return;
    }
    const auto waiting = std::exchange(waiting_, nullptr);
    if (!waiting) {
        lose("a message that nobody waits for: " + std::string(message.substr(0, shown_bytes)));
        return;
    }
    answer_bytes_ = message.size();
    if (answered_) {
        answered_(message);
    }
    waiting(message);
}

void mcp_client::close() {
    if (!std::exchange(is_closed_, true)) {
        disconnect(client_connection::manner::orderly);
    }
}

void mcp_client::vanish() {
    if (!std::exchange(is_closed_, true)) {
        disconnect(client_connection::manner::reset);
    }
}

void mcp_client::lose(const std::string& why) {
    if (is_closed_) {
        return;
    }
    close();
    if (!lost_) {
        throw std::runtime_error(why);
    }
    lost_(why);
}

std::unique_ptr<mcp_client> make_client(boost::asio::io_context& context, wire kind,
                                        const endpoint& where, std::uint32_t number) {
    return kind == wire::sse ? make_sse_client(context, where, number, nullptr)
                             : make_streamable_client(context, where, number);
}

} // namespace orch::bench
