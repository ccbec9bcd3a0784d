#include "net/http_server.hpp"

#include "tests/net/server_fixture.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>

#include <sys/resource.h>

using namespace orch::net;
using namespace orch::net::test;
using namespace std::chrono_literals;

namespace {

/// Opens a stream for each request and hands it to the test with the reason of its end.
class stream_source {
public:
    struct opened {
        event_stream_ptr stream;
        std::shared_future<stream_end> end;
    };

    request_handler handler() {
        return [this](request&& message, const exchange_ptr& reply) {
            if (message.path == "/plain") {
                reply->respond({200, {}, "ok", {}});
                return;
            }
            auto stream = reply->open_stream({{"X-Session", "s1"}}, named_frame("endpoint", "/m"));
            auto end = std::make_shared<std::promise<stream_end>>();
            const std::lock_guard lock{mutex_};
            opened_.push_back({stream, end->get_future().share()});
            added_.notify_one();
            stream->on_end([end](stream_end reason) { end->set_value(reason); });
        };
    }

    /// The oldest stream not yet taken; the client may see its header before it is here.
    opened take() {
        std::unique_lock lock{mutex_};
        REQUIRE(added_.wait_for(lock, patience, [this] { return !opened_.empty(); }));
        auto first = std::move(opened_.front());
        opened_.pop_front();
        return first;
    }

private:
    std::mutex mutex_;
    std::condition_variable added_;
    std::deque<opened> opened_;
};

/// A server, a client and the stream between them, which is open.
struct open_stream {
    open_stream() {
        client.send(get("/"));
        static_cast<void>(client.read_until("\n\n\r\n"));
        opened = source.take();
    }

    stream_source source;
    server_fixture fixture{source.handler()};
    raw_client client{fixture.server().port()};
    stream_source::opened opened;
};

stream_end reason(const stream_source::opened& opened) {
    REQUIRE(opened.end.wait_for(patience) == std::future_status::ready);
    return opened.end.get();
}

} // namespace

TEST_CASE("a stream sends its header, its first event and what follows", "[net][stream]") {
    stream_source source;
    server_fixture fixture{source.handler()};
    raw_client client{fixture.server().port()};
    client.send(get("/"));
    const auto head = client.read_until("\r\n\r\n");
    for (const auto* line : {"HTTP/1.1 200 OK\r\n", "Content-Type: text/event-stream\r\n",
                             "Cache-Control: no-cache, no-transform\r\n", "X-Session: s1\r\n",
                             "X-Accel-Buffering: no\r\n", "Transfer-Encoding: chunked\r\n",
                             // Clients would otherwise send their next request to a closed socket.
                             "Connection: close\r\n"}) {
        CAPTURE(line);
        CHECK(head.find(line) != std::string::npos);
    }
    CHECK(client.read_until("\n\n\r\n") == *named_frame("endpoint", "/m"));
    const auto opened = source.take();
    CHECK(opened.stream->unit() == 0);
    CHECK(fixture.server().streams() == 1);
    CHECK(fixture.server().connections() == 0);
    for (int i = 0; i < 1000; ++i) {
        opened.stream->send(message_frame(std::to_string(i)));
    }
    for (int i = 0; i < 1000; ++i) {
        REQUIRE(client.read_until("\n\n\r\n") == *message_frame(std::to_string(i)));
    }
    opened.stream->finish();
    opened.stream->send(message_frame("late"));
    CHECK(client.read_to_end() == "0\r\n\r\n");
    CHECK(reason(opened) == stream_end::finished);
    CHECK(fixture.server().streams() == 0);
}

TEST_CASE_METHOD(open_stream, "an event sent before the stream is finished arrives whole",
                 "[net][stream]") {
    const auto big = message_frame(std::string(20 << 20, 'x'));
    opened.stream->send(big);
    opened.stream->finish();
    const auto rest = client.read_to_end();
    CHECK(
        (rest.size() == big->size() + 5 && rest.starts_with(*big) && rest.ends_with("0\r\n\r\n")));
    CHECK(reason(opened) == stream_end::finished);
}

TEST_CASE("an idle stream is kept alive by comments", "[net][stream]") {
    stream_source source;
    server_fixture fixture{source.handler(),
                           options_with([](auto& o) { o.keep_alive_interval = 40ms; })};
    raw_client client{fixture.server().port()};
    client.send(get("/"));
    static_cast<void>(client.read_until("\n\n\r\n"));
    for (int i = 0; i < 3; ++i) {
        CHECK(client.read_until("\r\n: keepalive\n\n\r\n") == "d\r\n: keepalive\n\n\r\n");
    }
}

TEST_CASE_METHOD(open_stream, "a stream learns that its peer is gone", "[net][stream]") {
    client.send("bytes that nobody asked for");
    SECTION("by a goodbye") { client.close(); }
    SECTION("by a reset") { client.reset(); }
    CHECK(reason(opened) == stream_end::peer_closed);
    std::promise<stream_end> late;
    opened.stream->on_end([&](stream_end why) { late.set_value(why); });
    CHECK(await(late.get_future()) == stream_end::peer_closed);
}

TEST_CASE("S6: a slow reader is cut off and nobody else feels it", "[net][stream]") {
    stream_source source;
    http_options options;
    options.stream_queue_bytes_max = 1 << 20;
    server_fixture fixture{source.handler(), options};
    raw_client slow{fixture.server().port(), 4096};
    slow.send(get("/"));
    static_cast<void>(slow.read_until("\n\n\r\n"));
    const auto lagging = source.take();
    raw_client quick{fixture.server().port()};
    quick.send(get("/"));
    static_cast<void>(quick.read_until("\n\n\r\n"));
    const auto keeping_up = source.take();

    const auto event = message_frame(std::string(64 << 10, 'x'));
    for (int i = 0; i < 1000 && lagging.end.wait_for(0s) != std::future_status::ready; ++i) {
        lagging.stream->send(event);
        keeping_up.stream->send(event);
        REQUIRE(quick.read_until("\n\n\r\n") == *event);
    }
    CHECK(reason(lagging) == stream_end::slow_reader);
    keeping_up.stream->send(event);
    CHECK(quick.read_until("\n\n\r\n") == *event);
}

TEST_CASE("a reader that takes nothing for too long is cut off", "[net][stream]") {
    stream_source source;
    server_fixture fixture{source.handler(),
                           options_with([](auto& o) { o.stream_stall_timeout = 80ms; })};
    raw_client client{fixture.server().port(), 4096};
    client.send(get("/"));
    static_cast<void>(client.read_until("\n\n\r\n"));
    const auto opened = source.take();
    opened.stream->send(message_frame(std::string(16 << 20, 'x')));
    CHECK(reason(opened) == stream_end::slow_reader);
}

TEST_CASE("one event may be larger than the queue", "[net][stream]") {
    stream_source source;
    server_fixture fixture{source.handler(),
                           options_with([](auto& o) { o.stream_queue_bytes_max = 1000; })};
    raw_client client{fixture.server().port()};
    client.send(get("/"));
    static_cast<void>(client.read_until("\n\n\r\n"));
    const auto opened = source.take();
    const auto big = message_frame(std::string(8 << 20, 'x'));
    opened.stream->send(big);
    CHECK(client.read_until("\n\n\r\n") == *big);
}

TEST_CASE_METHOD(open_stream, "a feeder is told when nothing waits any more", "[net][stream]") {
    const auto big = message_frame(std::string(8 << 20, 'x'));
    std::promise<void> drained;
    auto told = drained.get_future();
    opened.stream->send(big);
    opened.stream->on_drained([&] { drained.set_value(); });
    // The kernel takes only a part of it before somebody reads.
    CHECK(told.wait_for(std::chrono::milliseconds(0)) == std::future_status::timeout);
    CHECK(client.read_until("\n\n\r\n") == *big);
    await(std::move(told));
    std::promise<void> again;
    opened.stream->on_drained([&] { again.set_value(); });
    await(again.get_future());
}

TEST_CASE("a download has its own type and no keep-alives", "[net][stream]") {
    std::promise<event_stream_ptr> opened;
    server_fixture fixture{
        [&](request&& message, const exchange_ptr& reply) {
            if (message.path == "/events") {
                static_cast<void>(reply->open_stream({}, nullptr));
            } else {
                opened.set_value(reply->open_download("text/csv", {{"X-A", "b"}}));
            }
        },
        options_with([](auto& o) { o.keep_alive_interval = 40ms; })};
    raw_client client{fixture.server().port()};
    client.send(get("/"));
    const auto head = client.read_until("\r\n\r\n");
    CHECK(head.find("Content-Type: text/csv\r\n") != std::string::npos);
    CHECK(head.find("X-A: b\r\n") != std::string::npos);
    const auto stream = await(opened.get_future());
    raw_client other{fixture.server().port()};
    other.send(get("/events"));
    for (int i = 0; i < 2; ++i) {
        static_cast<void>(other.read_until(": keepalive\n\n\r\n"));
    }
    stream->send(bytes_frame("a,b\r\n"));
    stream->finish();
    CHECK(client.read_to_end() == "5\r\na,b\r\n\r\n0\r\n\r\n");
}

TEST_CASE_METHOD(open_stream, "a stream that is broken off has no end", "[net][stream]") {
    opened.stream->send(message_frame("1"));
    opened.stream->break_off();
    CHECK(client.read_to_end().find("0\r\n\r\n") == std::string::npos);
    CHECK(reason(opened) == stream_end::broken_off);
}

TEST_CASE("only one of answer and stream takes effect", "[net][stream]") {
    std::promise<stream_end> ended;
    server_fixture fixture{[&](request&&, const exchange_ptr& reply) {
        reply->respond({200, {}, "answer", {}});
        reply->open_stream({}, nullptr)->on_end([&](stream_end why) { ended.set_value(why); });
    }};
    raw_client client{fixture.server().port()};
    client.send(get("/"));
    CHECK(client.read_response().ends_with("answer"));
    CHECK(await(ended.get_future()) == stream_end::peer_closed);
    CHECK(fixture.server().streams() == 0);
}

TEST_CASE("a stream can be opened after a while, with the next bytes already there",
          "[net][stream]") {
    std::promise<exchange_ptr> handed;
    server_fixture fixture{[&](request&&, const exchange_ptr& reply) {
        handed.set_value(reply);
    }};
    raw_client client{fixture.server().port()};
    client.send(get("/"));
    auto reply = await(handed.get_future());
    client.send("more");
    std::promise<event_stream_ptr> opened;
    boost::asio::post(fixture.context(0), [&, reply = std::move(reply)] {
        opened.set_value(reply->open_stream({}, message_frame("1")));
    });
    const auto stream = await(opened.get_future());
    stream->send(message_frame("2"));
    CHECK(client.read_until("data: 2\n\n\r\n").find("data: 1\n\n") != std::string::npos);
}

TEST_CASE("stop ends all streams properly", "[net][stream]") {
    stream_source source;
    server_fixture fixture{source.handler(), {}, 2};
    std::vector<std::unique_ptr<raw_client>> clients;
    std::vector<stream_source::opened> streams;
    for (int i = 0; i < 20; ++i) {
        clients.push_back(std::make_unique<raw_client>(fixture.server().port()));
        clients.back()->send(get("/"));
        static_cast<void>(clients.back()->read_until("\n\n\r\n"));
        streams.push_back(source.take());
    }
    fixture.server().stop();
    for (std::size_t i = 0; i < clients.size(); ++i) {
        CHECK(clients[i]->read_to_end() == "0\r\n\r\n");
        CHECK(reason(streams[i]) == stream_end::server_stopping);
    }
    fixture.join();
    CHECK(fixture.server().streams() == 0);
}

TEST_CASE("no stream opens after stop", "[net][stream]") {
    std::promise<exchange_ptr> handed;
    server_fixture fixture{[&](request&&, const exchange_ptr& reply) {
        handed.set_value(reply);
    }};
    raw_client client{fixture.server().port()};
    client.send(get("/"));
    auto reply = await(handed.get_future());
    fixture.server().stop();
    std::promise<stream_end> ended;
    boost::asio::post(fixture.context(0), [&, reply = std::move(reply)] {
        reply->open_stream({}, nullptr)->on_end([&](stream_end why) { ended.set_value(why); });
    });
    CHECK(await(ended.get_future()) == stream_end::peer_closed);
    CHECK(status_of(client.read_to_end()) == 503);
    fixture.join();
}

TEST_CASE("two thousand idle streams stay open and all get an event", "[net][stream]") {
    rlimit files{};
    REQUIRE(::getrlimit(RLIMIT_NOFILE, &files) == 0);
    files.rlim_cur = std::min<rlim_t>(files.rlim_max, 8192);
    REQUIRE(::setrlimit(RLIMIT_NOFILE, &files) == 0);
    constexpr std::size_t count = 2000;
    REQUIRE(files.rlim_cur > 2 * count + 100);

    stream_source source;
    server_fixture fixture{source.handler(), {}, 2};
    std::vector<std::unique_ptr<raw_client>> clients;
    std::vector<stream_source::opened> streams;
    for (std::size_t i = 0; i < count; ++i) {
        clients.push_back(std::make_unique<raw_client>(fixture.server().port()));
        clients.back()->send(get("/"));
        static_cast<void>(clients.back()->read_until("\n\n\r\n"));
        streams.push_back(source.take());
    }
    CHECK(fixture.server().streams() == count);
    const auto event = message_frame("1");
    for (const auto& opened : streams) {
        opened.stream->send(event);
    }
    for (const auto& client : clients) {
        REQUIRE(client->read_until("\n\n\r\n") == *event);
    }
}
