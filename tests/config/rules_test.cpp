#include "config/rules.hpp"

#include "tests/config/probe.hpp"

using namespace orch::config;
using probe::loaded;
using probe::mentions;
using probe::mistakes_of;
using probe::ordinary_user;
using probe::with_file;

TEST_CASE("auth none is refused where other machines reach the listener", "[config][rules]") {
    const auto* address = GENERATE("0.0.0.0:8000", "[::]:8000", "10.0.0.5:8000");
    auto from = ordinary_user();
    from.environment.emplace("MCP_ORCH_SERVER_ALLOWED_HOSTS", "mcp.example.org");
    from.flags = {{"--listen", address}, {"--auth", "none"}};
    const auto mistakes = mistakes_of(from);
    CAPTURE(address, probe::all_of(mistakes));
    REQUIRE(mistakes.size() == 1);
    CHECK(mentions(mistakes, "flag --auth", "security.allow_public"));

    from.environment.emplace("MCP_ORCH_SECURITY_ALLOW_PUBLIC", "true");
    CHECK(mistakes_of(from).empty());
}

TEST_CASE("auth none is fine on the loopback", "[config][rules]") {
    const auto* address = GENERATE("127.0.0.1:8000", "[::1]:8000", "localhost:0");
    auto from = ordinary_user();
    from.flags = {{"--listen", address}, {"--auth", "none"}};
    CHECK(loaded(from).values.auth == auth_mode::none);
}

TEST_CASE(
    "F1: only the loopback is listened on by default, and a public listener says its host names",
    "[config][rules]") {
    CHECK(loaded(ordinary_user()).values.http.address == "127.0.0.1");
    const auto mistakes = mistakes_of(with_file("[server]\nlisten = '0.0.0.0:8000'\n"));
    REQUIRE(mistakes.size() == 1);
    CHECK(mentions(mistakes, "mcp.toml:2:1", "server.allowed_hosts"));

    CHECK(mistakes_of(with_file("[server]\nlisten = '0.0.0.0:8000'\n"
                                "allowed_hosts = ['mcp.example.org']\n"))
              .empty());
}

TEST_CASE("both rules of a public listener are reported together", "[config][rules]") {
    CHECK(mistakes_of(with_file("[server]\nlisten = '0.0.0.0:8000'\n[security]\nauth = 'none'\n"))
              .size() == 2);
}

TEST_CASE("a data directory too deep for a socket is refused", "[config][rules]") {
    auto from = ordinary_user();
    // 107 bytes are allowed, "/admin.sock" takes 11 of them.
    from.flags["--data-dir"] = "/" + std::string(95, 'd');
    CHECK(loaded(from).values.http.unix_socket.size() == 107);
    from.flags["--data-dir"] = "/" + std::string(96, 'd');
    CHECK(mentions(mistakes_of(from), "flag --data-dir", "108 bytes"));
}

TEST_CASE("limits that contradict each other are refused", "[config][rules]") {
    const auto mistakes = mistakes_of(with_file(R"([spool]
segment_bytes_max = "2MiB"
bytes_max = "1MiB"
[child]
line_bytes_max = "2MiB"
stdin_queue_bytes_max = "1MiB"
)"));
    CAPTURE(probe::all_of(mistakes));
    CHECK(mistakes.size() == 2);
    CHECK(mentions(mistakes, "mcp.toml:2:1", "spool.bytes_max (1MiB)"));
    CHECK(mentions(mistakes, "mcp.toml:6:1", "child.line_bytes_max (2MiB)"));
}
