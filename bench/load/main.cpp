#include "bench/load/loads.hpp"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <cstdlib>
#include <exception>

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

CLI::App* add_load(CLI::App& program, const char* name, const char* what, endpoint& where) {
    auto* load = program.add_subcommand(name, what);
    load->add_option("--port", where.to.port)->required();
    load->add_option("--path", where.path)->required();
    load->add_option("--key", where.to.key, "Bearer token.")->required();
    return load;
}

std::string run(int argc, char** argv) {
    CLI::App program{"Load for MCP servers"};
    program.require_subcommand(1);

    call_options calls;
    long milliseconds = calls.duration.count();
    auto* call = add_load(program, "calls", "Calls in a closed loop.", calls.where);
    call->add_option("--wire", calls.kind)
        ->transform(CLI::CheckedTransformer(
            std::map<std::string, wire>{{"sse", wire::sse}, {"streamable", wire::streamable}}))
        ->required();
    call->add_option("--sessions", calls.sessions);
    call->add_option("--milliseconds", milliseconds, "After the warm-up.");
    call->add_option("--payload", calls.shape.payload_bytes);
    call->add_option("--pid", calls.server, "The server's process.")->required();

    idle_options idling;
    auto* idle = add_load(program, "idle", "Idle SSE sessions.", idling.where);
    idle->add_option("--sessions", idling.sessions);
    idle->add_option("--pid", idling.server, "The server's process.")->required();

    get_options gets;
    auto* get = add_load(program, "get", "One GET, repeated.", gets.where);
    get->add_option("--requests", gets.requests);

    try {
        program.parse(argc, argv);
    } catch (const CLI::ParseError& fault) {
        std::exit(program.exit(fault));
    }
    calls.duration = std::chrono::milliseconds{milliseconds};
    return *call ? run_calls(calls) : *idle ? run_idle(idling) : run_gets(gets);
}

} // namespace

} // namespace orch::bench

int main(int argc, char** argv) {
    try {
        orch::bench::raise_descriptor_limit();
        std::puts(orch::bench::run(argc, argv).c_str());
        return 0;
    } catch (const std::exception& fault) {
        std::fprintf(stderr, "bench-load: %s\n", fault.what());
        return 1;
    }
}
