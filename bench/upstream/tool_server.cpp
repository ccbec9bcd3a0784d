#include "bench/upstream/tool_server.hpp"

#include "mcp/json_cursor.hpp"
#include "mcp/request_params.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include <unistd.h>

namespace orch::bench {

using namespace mcp;

namespace {

constexpr std::string_view initialized =
    R"({"protocolVersion":"2025-06-18","capabilities":{"tools":{"listChanged":true}},)"
    R"("serverInfo":{"name":"mcp-orch-bench","version":"1"}})";
/// The number of announcements stands in between: a list that is said to have changed has.
constexpr std::string_view tools_head =
    R"({"tools":[{"name":"echo","description":"Gives back its arguments.",)"
    R"("inputSchema":{"type":"object"}},)"
    R"({"name":"blob","description":"Gives a text of so many bytes.","inputSchema":)"
    R"({"type":"object","properties":{"bytes":{"type":"integer"}},"required":["bytes"]}},)"
    R"({"name":"delay","description":"Answers so much later.","inputSchema":{"type":"object",)"
    R"("properties":{"milliseconds":{"type":"integer"}},"required":["milliseconds"]}},)"
    R"({"name":"fail","description":"Reports that it failed.","inputSchema":{"type":"object"}},)"
    R"({"name":"progress","description":"Tells its progress three times.",)"
    R"("inputSchema":{"type":"object"}},)"
    R"({"name":"announce","inputSchema":{"type":"object"},)"
    R"("description":"Changes the list of tools and says so. Called so often: )";
constexpr std::string_view tools_tail =
    R"("},{"name":"pid","description":"Tells its process.","inputSchema":{"type":"object"}},)"
    R"({"name":"crash","description":"Ends the server.","inputSchema":{"type":"object"}}]})";
constexpr std::string_view list_changed =
    R"({"jsonrpc":"2.0","method":"notifications/tools/list_changed"})"
    "\n";
constexpr std::string_view answer_head = R"({"jsonrpc":"2.0","id":)";
constexpr std::string_view ok_head =
    R"(,"result":{"content":[{"type":"text","text":"ok"}],"structuredContent":)";
constexpr int crash_status = 70;

void answer_error(std::string_view id, int rpc_code, std::string_view what, answer_batch& out) {
    out.append(make_error(id, rpc_code, what));
    out.append("\n");
}

void answer_result(std::string_view id, std::string_view result, answer_batch& out) {
    out.append(answer_head);
    out.append(id);
    out.append(R"(,"result":)");
    out.append(result);
    out.append("}\n");
}

std::optional<std::size_t> count_in(std::string_view token, std::size_t most) {
    std::size_t value = 0;
    const auto [end, fault] = std::from_chars(token.data(), token.data() + token.size(), value);
    const bool is_count = fault == std::errc{} && end == token.data() + token.size();
    return is_count && value <= most ? std::optional(value) : std::nullopt;
}

/// One call of a tool as the tools see it: raw tokens of its line, empty when absent.
struct tool_call {
    std::string_view id;
    std::string_view progress_token{};
    std::string_view nonce = "null";
    std::string_view bytes{};
    std::string_view milliseconds{};
};

/// False: the nonce is too long to be kept.
bool read_arguments(std::string& line, slice where, tool_call& made) {
    json_cursor cursor;
    ondemand::object object;
    if (!where.present() || cursor.open(line, where) || cursor.object().get(object)) {
        return true;
    }
    for_each_member(object, [&](std::string_view key, ondemand::value& value) {
        if (key == "nonce") {
            made.nonce = raw_value(value);
        } else if (key == "bytes") {
            made.bytes = raw_value(value);
        } else if (key == "milliseconds") {
            made.milliseconds = raw_value(value);
        }
        return true;
    });
    return made.nonce.size() <= token_bytes_max;
}

std::string ok_answer(const tool_call& made) {
    return fmt::format("{}{}{}{{\"nonce\":{}}}}}}}\n", answer_head, made.id, ok_head, made.nonce);
}

void echo(std::string_view id, std::string_view arguments, answer_batch& out) {
    out.append(answer_head);
    out.append(id);
    out.append(ok_head);
    out.append(arguments);
    out.append("}}\n");
}

void blob(const tool_call& made, answer_batch& out) {
    const auto bytes = count_in(made.bytes, tool_server::blob_bytes_max);
    if (!bytes) {
        answer_error(made.id, code::invalid_params, "bytes must be a number from 0 to 16777216",
                     out);
        return;
    }
    out.append(answer_head);
    out.append(made.id);
    out.append(R"(,"result":{"content":[{"type":"text","text":")");
    out.append_filler(*bytes);
    out.append(R"("}],"structuredContent":{"nonce":)");
    out.append(made.nonce);
    out.append("}}}\n");
}

void fail(const tool_call& made, answer_batch& out) {
    const bool is_text = is_string(made.nonce);
    answer_result(made.id,
                  fmt::format(R"({{"content":[{{"type":"text","text":{}}}],"isError":true}})",
                              is_text ? made.nonce : R"("failed")"),
                  out);
}

void progress(const tool_call& made, answer_batch& out) {
    constexpr int steps = 3;
    for (int step = 1; step <= steps && !made.progress_token.empty(); ++step) {
        out.append(fmt::format(
            R"({{"jsonrpc":"2.0","method":"notifications/progress","params":{{"progressToken":{},)"
            R"("progress":{},"total":{},"message":{}}}}})"
            "\n",
            made.progress_token, step, steps, is_string(made.nonce) ? made.nonce : "\"\""));
    }
    out.append(ok_answer(made));
}

void pid(const tool_call& made, answer_batch& out) {
    answer_result(made.id,
                  fmt::format(R"({{"content":[{{"type":"text","text":"{0}"}}],)"
                              R"("structuredContent":{{"pid":{0},"nonce":{1}}}}})",
                              ::getpid(), made.nonce),
                  out);
}

void crash(const tool_call&, answer_batch&) { ::_exit(crash_status); }

struct tool {
    std::string_view name;
    void (*run)(const tool_call&, answer_batch&);
};
constexpr tool instant_tools[] = {
    {"blob", blob}, {"fail", fail}, {"progress", progress}, {"pid", pid}, {"crash", crash}};

} // namespace

void tool_server::take(std::string& line, time_point now, answer_batch& out) {
    const auto message = parse_server_line(line);
    if (!message) {
        answer_error("null", code::invalid_request, message.error().detail, out);
        return;
    }
    if (message->kind != message_kind::request) {
        return;
    }
    const auto id = message->id.of(line);
    const auto method = message->method.of(line);
    if (id.size() > token_bytes_max) {
        answer_error("null", code::invalid_request, "the id is too long", out);
    } else if (method == "tools/call") {
        call_tool(line, *message, now, out);
    } else if (method == "tools/list") {
        answer_result(id, fmt::format("{}{}{}", tools_head, announcements_, tools_tail), out);
    } else if (method == "ping") {
        answer_result(id, "{}", out);
    } else if (method == "initialize") {
        answer_result(id, initialized, out);
    } else {
        answer_error(id, code::method_not_found, "no such method", out);
    }
}

void tool_server::call_tool(std::string& line, const envelope& message, time_point now,
                            answer_batch& out) {
    const auto params = parse_request_params(line, message, request_target::tool);
    const auto id = message.id.of(line);
    if (!params) {
        answer_error(id, params.error().rpc_code, params.error().detail, out);
        return;
    }
    if (params->named == "echo") {
        echo(id, params->arguments.present() ? params->arguments.of(line) : "{}", out);
        return;
    }
    tool_call made{id, params->progress_token.of(line)};
    if (!read_arguments(line, params->arguments, made)) {
        answer_error(id, code::invalid_params, "the nonce is too long", out);
        return;
    }
    if (params->named == "delay") {
        delay(made.milliseconds, ok_answer(made), id, now, out);
        return;
    }
    if (params->named == "announce") {
        ++announcements_;
        out.append(list_changed);
        out.append(ok_answer(made));
        return;
    }
    const auto* const found = std::find_if(
        std::begin(instant_tools), std::end(instant_tools),
        [&](const tool& each) { return each.name == params->named; });
    if (found == std::end(instant_tools)) {
        answer_error(id, code::invalid_params, "no such tool", out);
    } else {
        found->run(made, out);
    }
}

void tool_server::delay(std::string_view milliseconds, std::string answer, std::string_view id,
                        time_point now, answer_batch& out) {
    const auto wait = count_in(milliseconds, static_cast<std::size_t>(delay_max.count()));
    if (!wait) {
        answer_error(id, code::invalid_params, "milliseconds must be a number from 0 to 3600000",
                     out);
    } else if (delayed_.size() >= delayed_max) {
        answer_error(id, code::internal_error, "too many calls are being delayed", out);
    } else {
        delayed_.push_back({now + std::chrono::milliseconds{*wait}, std::move(answer)});
        std::push_heap(delayed_.begin(), delayed_.end(), is_later);
    }
}

void tool_server::answer_due(time_point now, answer_batch& out) {
    while (!delayed_.empty() && delayed_.front().due <= now) {
        out.append(delayed_.front().answer);
        std::pop_heap(delayed_.begin(), delayed_.end(), is_later);
        delayed_.pop_back();
    }
}

std::optional<tool_server::time_point> tool_server::next_due() const {
    return delayed_.empty() ? std::nullopt : std::optional(delayed_.front().due);
}

} // namespace orch::bench
