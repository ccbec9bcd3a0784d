#include "bench/upstream/upstream_server.hpp"

#include "core/byte_sizes.hpp"
#include "mcp/request_params.hpp"

#include <cerrno>
#include <string>
#include <string_view>

#include <unistd.h>

namespace orch::bench {

namespace {

using namespace mcp;

constexpr std::string_view initialized =
    R"({"protocolVersion":"2025-06-18","capabilities":{"tools":{}},)"
    R"("serverInfo":{"name":"mcp-orch-bench","version":"1"}})";
constexpr std::string_view tools =
    R"({"tools":[{"name":"echo","description":"Gives back its arguments.",)"
    R"("inputSchema":{"type":"object"}}]})";

std::string result_of_call(std::string& line, const envelope& message) {
    const auto call = parse_request_params(line, message, request_target::tool);
    const auto arguments = call && call->arguments.present() ? call->arguments.of(line) : "{}";
    return R"({"content":[{"type":"text","text":"ok"}],"structuredContent":)" +
           std::string(arguments) + "}";
}

/// The answer with its line feed; nothing for what needs none.
std::string answer(std::string& line) {
    const auto message = parse_server_line(line);
    if (!message || message->kind != message_kind::request) {
        return {};
    }
    const auto method = message->method.of(line);
    const auto id = message->id.of(line);
    if (method == "tools/call") {
        return make_result(id, result_of_call(line, *message)) + "\n";
    }
    if (method == "initialize") {
        return make_result(id, initialized) + "\n";
    }
    if (method == "tools/list") {
        return make_result(id, tools) + "\n";
    }
    if (method == "ping") {
        return make_result(id, "{}") + "\n";
    }
    return make_error(id, code::method_not_found, "no such method") + "\n";
}

bool write_all(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto written = ::write(STDOUT_FILENO, bytes.data(), bytes.size());
        if (written < 0 && errno != EINTR) {
            return false;
        }
        bytes.remove_prefix(static_cast<std::size_t>(written < 0 ? 0 : written));
    }
    return true;
}

} // namespace

int run_upstream() {
    std::string unread;
    static char piece[256 * kib];
    for (;;) {
        const auto size = ::read(STDIN_FILENO, piece, sizeof piece);
        if (size <= 0) {
            return size == 0 ? 0 : 1;
        }
        unread.append(piece, static_cast<std::size_t>(size));
        std::string answers;
        std::size_t begin = 0;
        for (auto end = unread.find('\n'); end != std::string::npos;
             end = unread.find('\n', begin)) {
            std::string line = unread.substr(begin, end - begin);
            begin = end + 1;
            answers += answer(line);
        }
        unread.erase(0, begin);
        if (!write_all(answers)) {
            return 1;
        }
    }
}

} // namespace orch::bench
