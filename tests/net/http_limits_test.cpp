#include "net/http_server.hpp"

#include "net/owned_fd.hpp"
#include "tests/net/server_fixture.hpp"
#include "tests/support/catch.hpp"

#include <fcntl.h>
#include <sys/resource.h>

using namespace orch::net;
using namespace orch::net::test;
using namespace std::chrono_literals;

namespace {

void ok(request&&, const exchange_ptr& reply) { reply->respond({200, {}, "ok", {}}); }

} // namespace

TEST_CASE("a refused request is answered, the connection closed, others unharmed",
          "[net][http_server]") {
    server_fixture fixture{ok, options_with([](auto& o) {
                               o.header_bytes_max = 2048;
                               o.body_bytes_max = 1000;
                           })};
    raw_client healthy{fixture.server().port()};
    struct row {
        std::string text;
        int status;
    };
    const std::string body_head = "POST / HTTP/1.1\r\nHost: h\r\n";
    for (const auto& [text, status] : {
             row{"GET / HTTP/1.1\r\n\r\n", 400},
             row{"\x16\x03\x01\x02\x00", 400},
             row{get("/%00"), 400},
             row{body_head + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" +
                     get("/smuggled"),
                 400},
             row{body_head + "Content-Length: 1001\r\n\r\n" + std::string(1001, 'x'), 413},
             row{body_head + "Transfer-Encoding: chunked\r\n\r\n7d0\r\n" + std::string(2000, 'x'),
                 413},
             row{body_head + "X: " + std::string(100'000, 'x'), 431},
         }) {
        CAPTURE(text.substr(0, 100), status);
        raw_client client{fixture.server().port()};
        client.send(text);
        const auto answer = client.read_response();
        CHECK(status_of(answer) == status);
        CHECK(answer.find("Connection: close") != std::string::npos);
        CHECK(client.read_to_end().empty());
        healthy.send(get("/"));
        CHECK(status_of(healthy.read_response()) == 200);
    }
}

TEST_CASE("bodies and headers at the limit pass", "[net][http_server]") {
    server_fixture fixture{ok, options_with([](auto& o) {
                               o.header_bytes_max = 2048;
                               o.body_bytes_max = 1000;
                           })};
    raw_client client{fixture.server().port()};
    client.send(post("/", std::string(1000, 'x')));
    CHECK(status_of(client.read_response()) == 200);
    client.send("GET / HTTP/1.1\r\nHost: h\r\nX: " + std::string(1900, 'x') + "\r\n\r\n");
    CHECK(status_of(client.read_response()) == 200);
}

TEST_CASE("a slow header and a slow body end in 408", "[net][http_server]") {
    server_fixture fixture{ok, options_with([](auto& o) {
                               o.header_timeout = 80ms;
                               o.body_timeout = 80ms;
                           })};
    for (const auto* text :
         {"GET / HTTP/1.1\r\nHo", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nabc"}) {
        CAPTURE(text);
        raw_client client{fixture.server().port()};
        client.send(text);
        CHECK(status_of(client.read_to_end()) == 408);
    }
}

TEST_CASE("a client that sends nothing is closed without a word", "[net][http_server]") {
    server_fixture fixture{ok, options_with([](auto& o) {
                               o.header_timeout = 80ms;
                               o.idle_timeout = 80ms;
                           })};
    raw_client silent{fixture.server().port()};
    CHECK(silent.read_to_end().empty());
    raw_client idle{fixture.server().port()};
    idle.send(get("/"));
    CHECK(status_of(idle.read_response()) == 200);
    CHECK(idle.read_to_end().empty());
}

TEST_CASE("a client that does not read its answer is closed", "[net][http_server]") {
    std::promise<void> ended;
    server_fixture fixture{[](request&&, const exchange_ptr& reply) {
                               reply->respond({200, {}, std::string(32 << 20, 'x'), {}});
                           },
                           options_with([](auto& o) { o.stream_stall_timeout = 80ms; }),
                           1,
                           {}};
    raw_client client{fixture.server().port(), 4096};
    client.send(get("/"));
    static_cast<void>(client.read_until("\r\n\r\n"));
    // The other client's answer proves that the server goes on; the stalled one is cut off.
    while (fixture.server().connections() > 0) {
        raw_client other{fixture.server().port()};
        other.send("HEAD / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
        CHECK(status_of(other.read_to_end()) == 200);
    }
    CHECK(client.read_to_end().size() < (32U << 20));
}

TEST_CASE("clients over the limit get 503", "[net][http_server]") {
    server_fixture fixture{ok, options_with([](auto& o) { o.connections_max = 2; })};
    raw_client first{fixture.server().port()};
    raw_client second{fixture.server().port()};
    for (auto* client : {&first, &second}) {
        client->send(get("/"));
        CHECK(status_of(client->read_response()) == 200);
    }
    raw_client third{fixture.server().port()};
    CHECK(status_of(third.read_to_end()) == 503);
    first.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    CHECK(status_of(first.read_to_end()) == 200);
    raw_client fourth{fixture.server().port()};
    fourth.send(get("/"));
    CHECK(status_of(fourth.read_response()) == 200);
}

TEST_CASE("out of descriptors a client gets 503 and the server recovers", "[net][http_server]") {
    server_fixture fixture{ok};
    raw_client healthy{fixture.server().port()};
    healthy.send(get("/"));
    CHECK(status_of(healthy.read_response()) == 200);

    // The client's own socket exists before the limit falls to what is open.
    rlimit before{};
    REQUIRE(::getrlimit(RLIMIT_NOFILE, &before) == 0);
    std::vector<owned_fd> filler;
    owned_fd spare{::open("/dev/null", O_RDONLY | O_CLOEXEC)};
    auto tight = before;
    tight.rlim_cur = static_cast<rlim_t>(spare.get()) + 1;
    REQUIRE(::setrlimit(RLIMIT_NOFILE, &tight) == 0);
    for (int fd; (fd = ::open("/dev/null", O_RDONLY | O_CLOEXEC)) >= 0;) {
        filler.emplace_back(fd);
    }
    spare.reset();
    raw_client refused{fixture.server().port()}; // takes the spare one
    const auto answer = refused.read_to_end();
    ::setrlimit(RLIMIT_NOFILE, &before);
    CHECK(status_of(answer) == 503);
    healthy.send(get("/"));
    CHECK(status_of(healthy.read_response()) == 200);
    raw_client later{fixture.server().port()};
    later.send(get("/"));
    CHECK(status_of(later.read_response()) == 200);
}

TEST_CASE("the client behind a trusted proxy is named in the request", "[net][http_server]") {
    server_fixture fixture{[](request&& message, const exchange_ptr& reply) {
                               reply->respond({200, {}, message.client_address, {}});
                           },
                           options_with([](auto& o) { o.trusted_proxies = {"127.0.0.1"}; })};
    raw_client client{fixture.server().port()};
    client.send("GET / HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: 6.6.6.6, 1.2.3.4\r\n\r\n");
    CHECK(client.read_response().ends_with("\r\n\r\n1.2.3.4"));
    client.send("GET / HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: ,\r\n\r\n");
    CHECK(client.read_response().ends_with("\r\n\r\n127.0.0.1"));
}
