#include "net/http_server.hpp"

#include "tests/net/server_fixture.hpp"
#include "tests/support/catch.hpp"

#include <atomic>
#include <mutex>

using namespace orch::net;
using namespace orch::net::test;

namespace {

/// Answers with method, path and body.
void echo(request&& message, const exchange_ptr& reply) {
    reply->respond(
        {200, "text/plain", message.method + " " + message.path + " " + message.body, {}});
}

bool ends_with_body(const std::string& response, std::string_view body) {
    return response.ends_with("\r\n\r\n" + std::string{body});
}

} // namespace

TEST_CASE("server answers requests on one connection in turn", "[net][http_server]") {
    server_fixture fixture{echo};
    raw_client client{fixture.server().port()};
    for (int i = 0; i < 3; ++i) {
        client.send(post("/a", "body"));
        const auto answer = client.read_response();
        CHECK(status_of(answer) == 200);
        CHECK(ends_with_body(answer, "POST /a body"));
    }
    CHECK(fixture.server().connections() == 1);
}

TEST_CASE("server answers pipelined requests one after the other", "[net][http_server]") {
    std::mutex mutex;
    std::vector<exchange_ptr> waiting;
    std::promise<void> first;
    server_fixture fixture{[&](request&& message, const exchange_ptr& reply) {
        if (message.path == "/late") {
            const std::lock_guard lock{mutex};
            waiting.push_back(reply);
            first.set_value();
        } else {
            echo(std::move(message), reply);
        }
    }};
    raw_client client{fixture.server().port()};
    std::string burst = get("/late");
    for (int i = 0; i < 200; ++i) {
        burst += post("/" + std::to_string(i), "x");
    }
    client.send(burst);
    await(first.get_future());
    {
        const std::lock_guard lock{mutex};
        REQUIRE(waiting.size() == 1);
        waiting[0]->respond({200, {}, "late", {}});
        waiting.clear();
    }
    CHECK(ends_with_body(client.read_response(), "late"));
    for (int i = 0; i < 200; ++i) {
        CHECK(ends_with_body(client.read_response(), "POST /" + std::to_string(i) + " x"));
    }
}

TEST_CASE("server keeps or closes the connection as the client asks", "[net][http_server]") {
    server_fixture fixture{echo};
    raw_client closing{fixture.server().port()};
    closing.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    CHECK(closing.read_to_end().find("Connection: close\r\n") != std::string::npos);
    raw_client old{fixture.server().port()};
    old.send("GET / HTTP/1.0\r\n\r\n");
    CHECK(status_of(old.read_to_end()) == 200);
    raw_client old_keeping{fixture.server().port()};
    old_keeping.send("GET /1 HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    CHECK(old_keeping.read_response().find("Connection: keep-alive") != std::string::npos);
    old_keeping.send(get("/2"));
    CHECK(ends_with_body(old_keeping.read_response(), "GET /2 "));
}

TEST_CASE("server sends no body to HEAD and can go on", "[net][http_server]") {
    server_fixture fixture{echo};
    raw_client client{fixture.server().port()};
    client.send("HEAD /a HTTP/1.1\r\nHost: h\r\n\r\n" + get("/b"));
    const auto head = client.read_until("\r\n\r\n");
    CHECK(head.find("Content-Length: 8") != std::string::npos);
    CHECK(ends_with_body(client.read_response(), "GET /b "));
}

TEST_CASE("server reads chunked and awaited bodies", "[net][http_server]") {
    server_fixture fixture{echo};
    raw_client client{fixture.server().port()};
    client.send("POST /c HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
    client.send("2\r\nde\r\n0\r\n\r\n");
    CHECK(ends_with_body(client.read_response(), "POST /c abcde"));
    client.send("POST /e HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    CHECK(client.read_until("\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n");
    client.send("ok");
    CHECK(ends_with_body(client.read_response(), "POST /e ok"));
}

TEST_CASE("server moves megabytes both ways", "[net][http_server]") {
    server_fixture fixture{[](request&& message, const exchange_ptr& reply) {
        reply->respond({200, {}, std::move(message.body), {}});
    }};
    raw_client client{fixture.server().port()};
    std::string body(8 * 1024 * 1024, 'x');
    for (std::size_t i = 0; i < body.size(); i += 1000) {
        body[i] = static_cast<char>('a' + i / 1000 % 26);
    }
    client.send(post("/", body));
    const auto answer = client.read_response();
    CHECK((answer.size() > body.size() && answer.ends_with(body)));
    client.send(post("/", "small"));
    CHECK(ends_with_body(client.read_response(), "small"));
}

TEST_CASE("an exchange dropped without an answer answers 500", "[net][http_server]") {
    server_fixture fixture{[](request&&, const exchange_ptr&) {
    }};
    raw_client client{fixture.server().port()};
    client.send(get("/"));
    CHECK(status_of(client.read_response()) == 500);
    client.send(get("/"));
    CHECK(status_of(client.read_response()) == 500);
}

TEST_CASE("a handler that throws costs only its own request", "[net][http_server]") {
    std::vector<exchange_ptr> kept;
    server_fixture fixture{[&](request&& message, const exchange_ptr& reply) {
        if (message.path == "/keep") {
            kept.push_back(reply);
        }
        if (message.path != "/good") {
            throw std::runtime_error("out of luck");
        }
        echo(std::move(message), reply);
    }};
    raw_client client{fixture.server().port()};
    for (const auto* path : {"/drop", "/keep"}) {
        client.send(get(path));
        CHECK(status_of(client.read_response()) == 500);
    }
    client.send(get("/good"));
    CHECK(status_of(client.read_response()) == 200);
    fixture.join();
    kept.clear();
}

TEST_CASE("only the first answer counts, from whatever thread it comes", "[net][http_server]") {
    std::promise<exchange_ptr> handed;
    server_fixture fixture{[&](request&& message, const exchange_ptr& reply) {
        if (message.path == "/async") {
            handed.set_value(reply);
        } else {
            echo(std::move(message), reply);
        }
    }};
    raw_client client{fixture.server().port()};
    client.send(get("/async"));
    auto reply = await(handed.get_future());
    reply->respond({201, {}, "first", {}});
    reply->respond({202, {}, "second", {}});
    reply.reset();
    CHECK(ends_with_body(client.read_response(), "first"));
    client.send(get("/next"));
    CHECK(ends_with_body(client.read_response(), "GET /next "));
}

TEST_CASE("a handler learns that the peer is gone, but not from early bytes",
          "[net][http_server]") {
    std::promise<void> gone;
    std::promise<exchange_ptr> handed;
    server_fixture fixture{[&](request&&, const exchange_ptr& reply) {
        reply->on_peer_gone([&gone] { gone.set_value(); });
        handed.set_value(reply);
    }};
    raw_client client{fixture.server().port()};
    client.send(get("/"));
    auto reply = await(handed.get_future());
    auto told = gone.get_future();
    client.send("GET /pipe");
    // A whole other request has gone through the same thread: the early bytes were looked at.
    std::promise<void> turned;
    boost::asio::post(fixture.context(0), [&] { turned.set_value(); });
    await(turned.get_future());
    CHECK(told.wait_for(std::chrono::seconds{0}) == std::future_status::timeout);
    SECTION("by a goodbye") { client.close(); }
    SECTION("by a reset") { client.reset(); }
    await(std::move(told));
    reply->respond({200, {}, {}, {}});
}

TEST_CASE("a handler learns that its answer is late, unless it came", "[net][http_server]") {
    std::promise<exchange_ptr> handed;
    std::promise<void> late;
    std::atomic<bool> told{false};
    server_fixture fixture{
        [&](request&& message, const exchange_ptr& reply) {
            if (message.path == "/late") {
                reply->on_late(std::chrono::milliseconds{30}, [&] { late.set_value(); });
                handed.set_value(reply);
            } else {
                reply->on_late(std::chrono::milliseconds{0}, [&] { told = true; });
                echo(std::move(message), reply);
            }
        },
        options_with([](auto& o) { o.keep_alive_interval = std::chrono::milliseconds{40}; })};
    raw_client client{fixture.server().port()};
    client.send(get("/now"));
    CHECK(status_of(client.read_response()) == 200);
    client.send(get("/late"));
    await(late.get_future());
    await(handed.get_future())->respond({200, "text/plain", "at last", {}});
    CHECK(ends_with_body(client.read_response(), "at last"));
    CHECK_FALSE(told);
}

TEST_CASE("a client that only ends its sending side still gets its answer", "[net][http_server]") {
    std::promise<void> gone;
    std::promise<exchange_ptr> handed;
    server_fixture fixture{[&](request&&, const exchange_ptr& reply) {
        reply->on_peer_gone([&gone] { gone.set_value(); });
        handed.set_value(reply);
    }};
    raw_client client{fixture.server().port()};
    client.send(get("/"));
    client.half_close();
    await(gone.get_future());
    await(handed.get_future())->respond({200, {}, "anyway", {}});
    CHECK(ends_with_body(client.read_to_end(), "anyway"));
}

TEST_CASE("the access log has one entry per response", "[net][http_server]") {
    std::promise<std::string> logged;
    server_fixture fixture{
        [](request&& message, const exchange_ptr& reply) {
            reply->note_route("/a/{id}");
            reply->note_principal("user:1");
            echo(std::move(message), reply);
        },
        {},
        1,
        [&](const access_entry& entry) {
            logged.set_value(std::string{entry.method} + " " + std::string{entry.route} + " " +
                             std::string{entry.path} + " " + std::to_string(entry.status) + " " +
                             std::string{entry.principal} + " " +
                             std::string{entry.client_address});
        }};
    raw_client client{fixture.server().port()};
    client.send(get("/a/7?secret=1"));
    static_cast<void>(client.read_response());
    CHECK(await(logged.get_future()) == "GET /a/{id} /a/7 200 user:1 127.0.0.1");
}

TEST_CASE("all io contexts share one port", "[net][http_server]") {
    std::atomic<unsigned> seen{0};
    server_fixture fixture{[&](request&& message, const exchange_ptr& reply) {
                               seen |= 1U << message.unit;
                               echo(std::move(message), reply);
                           },
                           {},
                           3};
    // The kernel spreads clients by hash: 100 of them miss one of three units with p < 1e-17.
    for (int i = 0; i < 100; ++i) {
        raw_client client{fixture.server().port()};
        client.send(get("/"));
        REQUIRE(status_of(client.read_response()) == 200);
    }
    CHECK(seen == 7);
}

TEST_CASE("a port in use and a bad address are errors that name it", "[net][http_server]") {
    server_fixture first{echo, {}, 2};
    boost::asio::io_context one;
    boost::asio::io_context two;
    http_options options;
    options.port = first.server().port();
    http_server second{{&one, &two}, options, {echo, {}}};
    const auto started = second.start();
    REQUIRE_FALSE(started.has_value());
    CHECK(started.error().code == orch::errc::conflict);
    CHECK(started.error().detail.find("address in use: 127.0.0.1 port " +
                                      std::to_string(options.port)) == 0);
    options.address = "nowhere";
    http_server third{{&one}, options, {echo, {}}};
    CHECK(third.start().error().code == orch::errc::invalid_argument);
}

TEST_CASE("stop lets a busy connection answer and closes the others", "[net][http_server]") {
    std::promise<exchange_ptr> handed;
    server_fixture fixture{[&](request&&, const exchange_ptr& reply) {
        handed.set_value(reply);
    }};
    raw_client idle{fixture.server().port()};
    raw_client busy{fixture.server().port()};
    busy.send(get("/"));
    auto reply = await(handed.get_future());
    fixture.server().stop();
    fixture.server().stop();
    CHECK(idle.read_to_end().empty());
    reply->respond({200, {}, "last", {}});
    reply.reset();
    const auto answer = busy.read_to_end();
    CHECK(ends_with_body(answer, "last"));
    CHECK(answer.find("Connection: close") != std::string::npos);
    fixture.join();
    CHECK(fixture.server().connections() == 0);
}
