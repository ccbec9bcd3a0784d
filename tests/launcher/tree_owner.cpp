// tree_owner <launcher> kill|terminate|interrupt|quit <program> [argument...]: starts the program
// through net::child_process, repeats what it prints and waits to be killed.
#include "net/child_process.hpp"

#include <csignal>
#include <cstdio>
#include <string_view>

namespace {

orch::net::stop_signal parse(std::string_view word) {
    using orch::net::stop_signal;
    return word == "terminate"   ? stop_signal::terminate
           : word == "interrupt" ? stop_signal::interrupt
           : word == "quit"      ? stop_signal::quit
                                 : stop_signal::kill;
}

} // namespace

int main(int argc, char** argv) {
    if (argc < 4) {
        return 2;
    }
    std::signal(SIGPIPE, SIG_IGN);
    boost::asio::io_context context{1};
    orch::net::launch_spec spec;
    spec.launcher = argv[1];
    spec.on_orphan = parse(argv[2]);
    spec.program = argv[3];
    spec.arguments.assign(argv + 4, argv + argc);
    orch::net::child_process::callbacks callbacks;
    callbacks.on_line = [](std::string&& line) {
        std::printf("%s\n", line.c_str());
        std::fflush(stdout);
    };
    const auto child = orch::net::child_process::spawn(context, spec, {}, std::move(callbacks));
    if (!child) {
        std::fprintf(stderr, "%s\n", child.error().detail.c_str());
        return 1;
    }
    context.run();
    return 0;
}
