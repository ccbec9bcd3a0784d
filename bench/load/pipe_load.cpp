#include "bench/load/call_tally.hpp"
#include "bench/load/loads.hpp"
#include "bench/load/pipe_client.hpp"
#include "bench/upstream/tool_server.hpp"

#include <CLI/CLI.hpp>

#include <fmt/format.h>

#include <stdexcept>
#include <unordered_map>

namespace orch::bench {

namespace {

using clock = std::chrono::steady_clock;

struct pipe_options {
    std::vector<std::string> command;
    std::uint32_t depth = 1;
    std::chrono::milliseconds duration{2000};
    std::size_t result_bytes = 0;
};

std::string call_of(std::uint64_t id, std::size_t result_bytes) {
    const auto size = result_bytes > 0 ? fmt::format(R"(,"bytes":{})", result_bytes) : "";
    return fmt::format(R"({{"jsonrpc":"2.0","id":{},"method":"tools/call","params":{{"name":"{}",)"
                       R"("arguments":{{"nonce":"p{}."{}}}}}}})",
                       id, result_bytes > 0 ? "blob" : "echo", id, size);
}

/// The id of an answer of at least this size that holds the nonce of its call. Throws otherwise.
std::uint64_t id_of(std::string_view answer, std::size_t result_bytes) {
    constexpr std::size_t edge = 1024;
    const auto head = answer.substr(0, edge);
    const auto tail = answer.substr(answer.size() - std::min(answer.size(), edge));
    for (const auto part : {head, tail}) {
        constexpr std::string_view member = "\"id\":";
        const auto found = part.find(member);
        if (found == std::string_view::npos) {
            continue;
        }
        std::uint64_t id = 0;
        const auto digits = part.substr(found + member.size());
        std::from_chars(digits.data(), digits.data() + digits.size(), id);
        const auto nonce = fmt::format("\"p{}.\"", id);
        const bool is_own = head.find(nonce) != std::string_view::npos ||
                            tail.find(nonce) != std::string_view::npos;
        if (is_own && answer.size() >= result_bytes) {
            return id;
        }
    }
    throw std::runtime_error("a wrong answer: " + std::string(answer.substr(0, 500)));
}

std::string run_pipe(const pipe_options& options) {
    const auto start_time = start_time_of(options.command);
    pipe_client server(options.command);
    server.shake_hands();
    std::unordered_map<std::uint64_t, clock::time_point> open;
    latency_histogram latencies;
    std::uint64_t last_id = 0;
    const auto send = [&] {
        open[++last_id] = clock::now();
        server.send(call_of(last_id, options.result_bytes));
    };
    const auto started = clock::now();
    const auto ends = started + options.duration;
    for (std::uint32_t i = 0; i < options.depth; ++i) {
        send();
    }
    while (!open.empty()) {
        const auto found = open.extract(id_of(server.receive(), options.result_bytes));
        if (found.empty()) {
            throw std::runtime_error("an answer came twice");
        }
        const auto now = clock::now();
        latencies.add(now - found.mapped());
        if (now < ends) {
            send();
        }
        tell_progress([&] { return fmt::format("{} calls", latencies.count()); });
    }
    const std::chrono::duration<double> took = clock::now() - started;
    std::string text;
    json_writer out(text);
    out.begin_object();
    out.key("calls").number(latencies.count());
    out.key("calls_per_second").number(static_cast<double>(latencies.count()) / took.count());
    out.key("start_us").number(microseconds(start_time));
    write_quantiles(out, latencies);
    out.end_object();
    return text;
}

} // namespace

load_run prepare_pipe(CLI::App& command) {
    const auto options = std::make_shared<pipe_options>();
    command.add_option("--command", options->command, "A stdio MCP server and its arguments")
        ->required();
    command.add_option("--depth", options->depth, "Calls that are open at a time")
        ->check(CLI::Range(1, 10'000));
    add_milliseconds(command, "--milliseconds", options->duration, "How long it calls");
    command.add_option("--result", options->result_bytes, "Bytes of text that blob returns")
        ->check(CLI::Range(std::size_t{0}, tool_server::blob_bytes_max));
    return [options] {
        return run_pipe(*options);
    };
}

} // namespace orch::bench
