#include "net/unix_client.hpp"

#include "net/blocking_exchange.hpp"
#include "net/event_stream.hpp"

#include "net/http_server.hpp"
#include "tests/net/server_fixture.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_directory.hpp"

#include <filesystem>
#include <fstream>

#include <sys/stat.h>
#include <unistd.h>

using namespace orch::net;
using namespace orch::net::test;
using namespace std::chrono_literals;

namespace {

void who(request&& message, const exchange_ptr& reply) {
    const auto uid = message.peer_uid ? std::to_string(*message.peer_uid) : "none";
    reply->respond({201,
                    "text/plain",
                    uid + " " + message.client_address + " " + message.path + " " + message.body,
                    {}});
}

http_options on(const std::string& path) {
    http_options options;
    options.unix_socket = path;
    return options;
}

} // namespace

TEST_CASE("a request over the unix socket carries the peer's account", "[net][unix]") {
    const orch::test::temporary_directory scratch;
    const auto path = scratch.file("s");
    server_fixture fixture{who, on(path), 2};
    const auto answer = request_over_unix_socket(path, "POST", "/x?y=1", "body", 10s);
    REQUIRE(answer.has_value());
    CHECK(answer->status == 201);
    CHECK(answer->content_type == "text/plain");
    CHECK(answer->body == std::to_string(::getuid()) + " unix /x body");
    struct stat info {};
    REQUIRE(::stat(path.c_str(), &info) == 0);
    CHECK((info.st_mode & 0777) == 0600);
    raw_client over_tcp{fixture.server().port()};
    over_tcp.send(get("/"));
    CHECK(over_tcp.read_response().find("none 127.0.0.1") != std::string::npos);
}

TEST_CASE("a large answer arrives over the unix socket", "[net][unix]") {
    const orch::test::temporary_directory scratch;
    const std::string body(5 << 20, 'x');
    server_fixture fixture{[&](request&&, const exchange_ptr& reply) {
                               reply->respond({200, {}, body, {}});
                           },
                           on(scratch.file("s"))};
    const auto answer = request_over_unix_socket(scratch.file("s"), "GET", "/", {}, 10s);
    REQUIRE(answer.has_value());
    CHECK((answer->body == body));
}

TEST_CASE("nobody on the unix socket is unavailable, silence is a time-out", "[net][unix]") {
    const orch::test::temporary_directory scratch;
    const auto absent = request_over_unix_socket(scratch.file("s"), "GET", "/", {}, 10s);
    REQUIRE(absent.has_error());
    CHECK(absent.error().code == orch::errc::unavailable);
    std::promise<exchange_ptr> handed;
    server_fixture fixture{[&](request&&, const exchange_ptr& reply) { handed.set_value(reply); },
                           on(scratch.file("s"))};
    const auto silent = request_over_unix_socket(scratch.file("s"), "GET", "/", {}, 50ms);
    REQUIRE(silent.has_error());
    CHECK(silent.error().code == orch::errc::timeout);
    // A server stops only after every request is answered: this one by being dropped here.
    static_cast<void>(await(handed.get_future()));
}

TEST_CASE("a stale socket file is replaced, a live one is not", "[net][unix]") {
    const orch::test::temporary_directory scratch;
    const auto path = scratch.file("s");
    boost::asio::io_context context;
    {
        // A server that dies leaves its file: hold the name while the socket goes away.
        server_fixture dying{who, on(path)};
        std::filesystem::create_hard_link(path, scratch.file("left"));
    }
    CHECK_FALSE(std::filesystem::exists(path));
    std::filesystem::rename(scratch.file("left"), path);
    server_fixture living{who, on(path)};
    CHECK(request_over_unix_socket(path, "GET", "/", {}, 10s).has_value());

    auto options = on(path);
    options.port = 0;
    http_server second{{&context}, options, {who, {}}};
    const auto started = second.start();
    REQUIRE(started.has_error());
    CHECK(started.error().code == orch::errc::conflict);
    CHECK(started.error().detail.find(path) != std::string::npos);
    CHECK(request_over_unix_socket(path, "GET", "/", {}, 10s).has_value());
}

TEST_CASE("a file that is no socket is left alone", "[net][unix]") {
    const orch::test::temporary_directory scratch;
    const auto path = scratch.file("s");
    std::ofstream{path} << "precious";
    boost::asio::io_context context;
    auto options = on(path);
    options.port = 0;
    http_server server{{&context}, options, {who, {}}};
    CHECK(server.start().has_error());
    CHECK(std::filesystem::file_size(path) == 8);
    options.unix_socket = "/" + std::string(200, 'x');
    http_server other{{&context}, options, {who, {}}};
    CHECK(other.start().error().code == orch::errc::invalid_argument);
}

TEST_CASE("an exchange reads a stream as it comes, until it is abandoned", "[net][unix]") {
    const orch::test::temporary_directory scratch;
    const auto path = scratch.file("s");
    server_fixture fixture{[](request&&, const exchange_ptr& reply) {
                               const auto stream = reply->open_stream({}, nullptr);
                               stream->send(named_frame("endpoint", "/here"));
                           },
                           on(path), 1};
    const auto deadline = blocking_exchange::clock::now() + 10s;
    auto opened = blocking_exchange::open({path, {}, {}}, {.method = "GET", .target = "/"},
                                          deadline);
    REQUIRE(opened.has_value());
    CHECK(opened->head().status == 200);
    CHECK(opened->head().content_type == "text/event-stream");
    CHECK(opened->read_some(deadline).value().find("data: /here") != std::string::npos);
    const auto silent = opened->read_some(blocking_exchange::clock::now() + 1ms);
    REQUIRE(silent.has_error());
    CHECK(silent.error().code == orch::errc::timeout);
    opened->abandon();
    CHECK(opened->read_some(deadline).has_error());
}

TEST_CASE("an exchange goes over TCP, too", "[net][unix]") {
    server_fixture fixture{who, {}, 1};
    const peer_address there{{}, "127.0.0.1", std::to_string(fixture.server().port())};
    const auto deadline = blocking_exchange::clock::now() + 10s;
    auto opened = blocking_exchange::open(
        there, {.method = "POST", .target = "/x", .headers = {{"X-Y", "z"}}, .body = "body"},
        deadline);
    REQUIRE(opened.has_value());
    CHECK(opened->head().status == 201);
    CHECK(opened->read_rest(1000, deadline).value() == "none 127.0.0.1 /x body");
    const auto nobody = blocking_exchange::open({{}, "127.0.0.1", "1"},
                                                {.method = "GET", .target = "/"}, deadline);
    REQUIRE(nobody.has_error());
    CHECK(nobody.error().code == orch::errc::unavailable);
}
