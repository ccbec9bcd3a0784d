#include "mcp/remote_message.hpp"

#include "core/json_writer.hpp"
#include "core/utf8.hpp"
#include "mcp/json_cursor.hpp"
#include "mcp/json_rpc.hpp"
#include "mcp/json_text.hpp"
#include "mcp/param_token.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace orch::mcp {

namespace {

constexpr std::size_t excerpt_bytes = 300;

remote_message::kind kind_of(message_kind kind) {
    switch (kind) {
    case message_kind::request: return remote_message::kind::request;
    case message_kind::notification: return remote_message::kind::notification;
    case message_kind::response: break;
    }
    return remote_message::kind::response;
}

/// The error of a body that is one JSON-RPC error; empty for others.
std::string rpc_error_of(std::string& body) {
    const auto parts = parse_server_line(body);
    return parts && parts->error.present() ? read_call_outcome(body, *parts).rpc_message : "";
}

/// Fit for one line of a log.
std::string excerpt(std::string_view text) {
    std::string out(text.substr(0, excerpt_bytes));
    std::replace_if(
        out.begin(), out.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
    // The cut may have gone through a character.
    for (int bytes = 0; bytes < 3 && text.size() > excerpt_bytes && !is_utf8(out); ++bytes) {
        out.pop_back();
    }
    return is_utf8(out) ? out : "(bytes that are no text)";
}

/// False when `list` is no JSON array. The insides of its elements are not checked.
bool append_elements(std::string& list, std::vector<std::string>& out) {
    json_cursor cursor;
    ondemand::array elements;
    if (cursor.open(list) || cursor.document().get_array().get(elements)) {
        return false;
    }
    for (auto element : elements) {
        ondemand::value value;
        if (element.get(value)) {
            return false;
        }
        const auto raw = raw_value(value);
        if (raw.empty()) {
            return false;
        }
        out.emplace_back(raw);
    }
    return cursor.at_end();
}

bool mentions(std::string_view text, std::string_view word) {
    const auto same = [](char one, char other) {
        return (one | 0x20) == other;
    };
    return std::search(text.begin(), text.end(), word.begin(), word.end(), same) != text.end();
}

} // namespace

remote_message remote_message::of(std::string line) {
    remote_message out;
    if (const auto parts = parse_server_line(line)) {
        out.what = kind_of(parts->kind);
        out.method = std::string(parts->method.of(line));
        if (out.what == kind::request) {
            out.id = std::string(parts->id.of(line));
        } else if (out.method == "notifications/cancelled") {
            out.cancels = std::string(param_token(line, *parts, "requestId").of(line));
        }
    }
    out.line = std::make_shared<const std::string>(std::move(line));
    return out;
}

result<std::vector<std::string>> split_messages(std::string body) {
    blank_line_breaks(body);
    const auto begin = body.find_first_not_of(" \t");
    if (begin == std::string::npos) {
        return error{errc::protocol_violation, "the body is empty"};
    }
    std::vector<std::string> out;
    if (body[begin] != '[') {
        out.push_back(std::move(body));
        return out;
    }
    if (!append_elements(body, out)) {
        return error{errc::protocol_violation, "the body is no list of messages"};
    }
    return out;
}

bool answers(std::string& line, std::string_view id) {
    const auto parts = parse_server_line(line);
    return parts && parts->kind == message_kind::response && parts->id.of(line) == id;
}

std::string describe_answer(const remote_head& head, std::string body) {
    auto out = fmt::format("HTTP {}", head.status);
    if (!head.reason.empty()) {
        out.append(" ").append(excerpt(head.reason));
    }
    const auto said = rpc_error_of(body);
    const bool is_page = head.content_type.starts_with("text/html");
    const auto text = !said.empty() ? excerpt(said) : is_page ? "" : excerpt(body);
    return text.empty() ? out : out.append(": ").append(text);
}

bool session_is_unknown(const remote_head& head, const std::string& body) {
    if (head.status != 400 && head.status != 404) {
        return false;
    }
    auto copy = body;
    const auto parts = parse_server_line(copy);
    const bool refused = parts && parts->error.present();
    // With an id it answers the request, which was then looked at.
    const bool looked_at = refused && parts->id.present();
    if (head.status == 404) {
        return !looked_at || mentions(body, "session");
    }
    return refused && !looked_at && (mentions(body, "session") || mentions(body, "initialized"));
}

} // namespace orch::mcp
