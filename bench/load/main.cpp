#include "bench/load/loads.hpp"
#include "bench/upstream/upstream_server.hpp"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <vector>

#include <sys/resource.h>

// One kind of load against a server on 127.0.0.1, one JSON line on stdout.

namespace orch::bench {

namespace {

void raise_descriptor_limit() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        ::setrlimit(RLIMIT_NOFILE, &limit);
    }
}

int run(int argc, char** argv) {
    CLI::App program{"Puts load on MCP servers of this machine and tells what they did."};
    program.require_subcommand(1);
    load_run chosen;
    for (const auto& each : load_table()) {
        auto* command = program.add_subcommand(each.name, each.what);
        command->add_flag_callback("--progress", show_progress, "Tell on stderr how far it is");
        command->parse_complete_callback(
            [&chosen, run_it = each.prepare(*command)] { chosen = run_it; });
    }
    const auto* upstream = program.add_subcommand("upstream", "A fast stdio MCP server.");
    CLI11_PARSE(program, argc, argv);
    if (*upstream) {
        return run_upstream();
    }
    raise_descriptor_limit();
    std::puts(chosen().c_str());
    return 0;
}

} // namespace

} // namespace orch::bench

int main(int argc, char** argv) {
    try {
        return orch::bench::run(argc, argv);
    } catch (const std::exception& fault) {
        std::fprintf(stderr, "mcp-orch-bench: %s\n", fault.what());
        return 1;
    }
}
