#include "bench/baseline/connection.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/address_v4.hpp>

#include <csignal>
#include <cstdio>
#include <exception>
#include <string>
#include <vector>

// The measure of mcp-orch: the same wire and the same server behind it, one thread, and nothing
// else. No keys, no sessions to check, no actors, no log.

namespace orch::bench {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

void accept(tcp::acceptor& door, proxy& shared) {
    door.async_accept([&](boost::system::error_code fault, tcp::socket socket) {
        if (!fault) {
            socket.set_option(tcp::no_delay(true));
            std::make_shared<connection>(std::move(socket), shared)->read();
        }
        accept(door, shared);
    });
}

void run(const std::string& launcher, const std::vector<std::string>& command) {
    asio::io_context context{1};
    upstream server(context, launcher, command);
    proxy shared{server, {}};
    tcp::acceptor door(context, {asio::ip::address_v4::loopback(), 0});
    accept(door, shared);
    std::fprintf(stderr, "ready at http://127.0.0.1:%d\n", door.local_endpoint().port());
    context.run();
}

} // namespace

} // namespace orch::bench

int main(int argc, char** argv) {
    if (argc < 3) {
        std::fputs("usage: bench-baseline LAUNCHER SERVER [ARGUMENTS ...]\n", stderr);
        return 2;
    }
    std::signal(SIGPIPE, SIG_IGN);
    try {
        orch::bench::run(argv[1], {argv + 2, argv + argc});
    } catch (const std::exception& fault) {
        std::fprintf(stderr, "bench-baseline: %s\n", fault.what());
    }
    return 1;
}
