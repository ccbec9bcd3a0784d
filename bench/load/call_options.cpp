#include "bench/load/call_options.hpp"

#include "bench/upstream/tool_server.hpp"

#include "core/byte_sizes.hpp"

#include <CLI/CLI.hpp>

namespace orch::bench {

namespace {

using namespace std::chrono_literals;

/// The server takes lines of 64 MiB, and the call stands around its text.
constexpr std::size_t payload_bytes_max = 63 * mib;
/// Who waits a minute for an answer gives up.
constexpr std::chrono::milliseconds longest_delay = 59s;

/// `option` is what `tool` needs, and nothing that another tool knows.
void require_both(const call_shape& shape, const char* tool, const char* option, bool is_given) {
    const bool is_tool = shape.tool == tool;
    if (is_tool && !is_given) {
        throw CLI::ValidationError(std::string("--tool ") + tool + " needs " + option +
                                   " with more than 0");
    }
    if (is_given && !is_tool) {
        throw CLI::ValidationError(std::string(option) + " needs --tool " + tool);
    }
}

} // namespace

void add_call_shape(CLI::App& command, call_shape& shape) {
    command.add_option("--tool", shape.tool)
        ->check(CLI::IsMember({"echo", "blob", "delay", "fail"}));
    command.add_option("--payload", shape.payload_bytes, "Bytes of text in the arguments")
        ->check(CLI::Range(std::size_t{0}, payload_bytes_max));
    command
        .add_option("--result", shape.result_bytes,
                    "Bytes of text that blob returns; a gateway may let less pass (mcp-orch: "
                    "child.line_bytes_max)")
        ->check(CLI::Range(std::size_t{0}, tool_server::blob_bytes_max));
    add_milliseconds(command, "--delay", shape.delay, "How long delay waits", longest_delay);
    command.final_callback([&shape] {
        require_both(shape, "blob", "--result", shape.result_bytes > 0);
        require_both(shape, "delay", "--delay", shape.delay > 0ms);
    });
}

} // namespace orch::bench
