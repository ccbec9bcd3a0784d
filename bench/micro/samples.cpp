#include "bench/micro/samples.hpp"

#include <fmt/format.h>

#include <chrono>

namespace orch::bench {

namespace {

/// What tools mostly say: lines of text, with escapes, and a word that is not ASCII now and then.
std::string lines_of_text(std::size_t bytes) {
    std::string text;
    text.reserve(bytes);
    for (int number = 1;; ++number) {
        const auto line = fmt::format(
            R"(src/sessions/part_{}.cpp:{}: auto key = find(\"alpha\");{}\n)", number, 7 * number,
            number % 8 == 0 ? " // Größe" : "");
        if (text.size() + line.size() > bytes) {
            return text.append(bytes - text.size(), '.');
        }
        text += line;
    }
}

std::size_t rest_of(std::size_t wanted, std::size_t have) {
    return wanted > have ? wanted - have : 0;
}

} // namespace

std::string sample_call(std::size_t bytes) {
    constexpr std::string_view head =
        R"({"jsonrpc":"2.0","id":17,"method":"tools/call","params":{"name":"files__search_files",)"
        R"("arguments":{"path":"src/projects/alpha","excludePatterns":["node_modules",".git"],)"
        R"("limit":50,"query":")";
    constexpr std::string_view tail = R"("},"_meta":{"progressToken":"call-17"}}})";
    const auto room = rest_of(bytes, head.size() + tail.size());
    return fmt::format("{}{}{}", head, lines_of_text(room), tail);
}

std::string sample_result(std::size_t bytes) {
    constexpr std::string_view head = R"({"content":[{"type":"text","text":")";
    constexpr std::string_view tail = R"("}],"isError":false})";
    return fmt::format("{}{}{}", head, lines_of_text(rest_of(bytes, head.size() + tail.size())),
                       tail);
}

std::string sample_answer(std::size_t bytes) {
    constexpr std::string_view head = R"({"jsonrpc":"2.0","id":17,"result":)";
    return fmt::format("{}{}}}", head, sample_result(rest_of(bytes, head.size() + 1)));
}

std::string sample_tool_page(std::size_t tools) {
    std::string line = R"({"jsonrpc":"2.0","id":17,"result":{"tools":[)";
    for (std::size_t i = 0; i < tools; ++i) {
        line += fmt::format(
            R"({}{{"name":"search_files_{}","title":"Search files","description":"Looks for text in )"
            R"(all files below a folder and gives back the lines that have it.","inputSchema":)"
            R"({{"type":"object","properties":{{"path":{{"type":"string","description":"Where to )"
            R"(look"}},"query":{{"type":"string"}},"limit":{{"type":"integer","minimum":1,)"
            R"("maximum":500}}}},"required":["path","query"]}},"annotations":)"
            R"({{"readOnlyHint":true,"openWorldHint":false}}}})",
            i == 0 ? "" : ",", i);
    }
    return line + "]}}";
}

model::call_record sample_record(std::size_t bytes) {
    const std::chrono::sys_days day{std::chrono::year{2026} / 1 / 1};
    model::call_record record;
    record.server_name = "files";
    record.tool_name = "search_files";
    record.caller.principal = "key:018f3c5e-0000-7000-8000-0123456789ab";
    record.caller.client_name = "some-editor";
    record.caller.client_version = "1.2.3";
    record.caller.ip_address = "127.0.0.1";
    record.caller.user_agent = "some-editor/1.2.3 (linux; x64)";
    record.request_id = "17";
    record.times = {day, day, std::nullopt, day, day, day};
    record.arguments.bytes = R"({"path":"src/projects/alpha","query":"session","limit":50})";
    record.arguments.size = record.arguments.bytes.size();
    record.result.bytes = sample_result(bytes);
    record.result.size = record.result.bytes.size();
    return record;
}

} // namespace orch::bench
