#include "bench/load/load_command.hpp"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <map>

namespace orch::bench {

namespace {

using clock = std::chrono::steady_clock;

constexpr auto between_lines = std::chrono::seconds{1};

bool progress_is_shown = false;
clock::time_point next_line;

} // namespace

void add_subject(CLI::App& command, subject& about) {
    command
        .add_option_function<std::string>(
            "--url",
            [&about](const std::string& url) {
                auto named = parse_url(url);
                named.to.key = std::move(about.where.to.key);
                named.tool_prefix = std::move(about.where.tool_prefix);
                about.where = std::move(named);
            },
            "http://127.0.0.1:PORT/PATH")
        ->required();
    command.add_option("--key", about.where.to.key, "Bearer token");
    command.add_option("--tool-prefix", about.where.tool_prefix,
                       "What the gateway puts before the names of tools");
    command.add_option("--pid", about.server, "The gateway's process, for its CPU time and memory")
        ->check(CLI::PositiveNumber);
}

void add_wire(CLI::App& command, wire& kind) {
    command.add_option("--wire", kind, "sse or streamable")
        ->transform(CLI::CheckedTransformer(
            std::map<std::string, wire>{{"sse", wire::sse}, {"streamable", wire::streamable}}))
        ->required();
}

void add_milliseconds(CLI::App& command, const std::string& name, std::chrono::milliseconds& time,
                      const std::string& what, std::chrono::milliseconds longest) {
    command
        .add_option_function<std::int64_t>(
            name,
            [&time](std::int64_t milliseconds) { time = std::chrono::milliseconds{milliseconds}; },
            what)
        ->check(CLI::Range(std::int64_t{0}, std::int64_t{longest.count()}));
}

void show_progress() { progress_is_shown = true; }

void tell_progress(const std::function<std::string()>& line) {
    if (progress_is_shown && clock::now() >= next_line) {
        next_line = clock::now() + between_lines;
        std::fprintf(stderr, "%s\n", line().c_str());
    }
}

} // namespace orch::bench
