#include "net/http_client.hpp"

#include "tests/net/server_fixture.hpp"
#include "tests/support/catch.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>

#include <atomic>
#include <optional>

using namespace orch;
using namespace orch::net;
using namespace std::chrono_literals;
using boost::asio::ip::tcp;
using Catch::Matchers::Contains;

namespace {

/// Answers request after request with `respond`, each connection in turn; ends a connection when
/// `respond` gives nothing or a text that says that it closes.
class scripted_web {
public:
    using responder = std::function<std::string(const std::string& head)>;

    explicit scripted_web(responder respond)
        : respond_(std::move(respond)), acceptor_(context_, {tcp::v4(), 0}) {
        acceptor_.close();
        acceptor_ = tcp::acceptor(context_, {boost::asio::ip::make_address("127.0.0.1"), 0});
        url = fmt_url();
        thread_ = std::thread([this] { serve(); });
    }
    ~scripted_web() {
        stopping_ = true;
        boost::system::error_code ignored;
        tcp::socket wake(context_);
        wake.connect(acceptor_.local_endpoint(), ignored);
        thread_.join();
    }

    std::string url;
    std::atomic<int> connections{0};

private:
    std::string fmt_url() const {
        return "http://127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port()) + "/mcp";
    }
    void serve() {
        while (!stopping_) {
            tcp::socket socket(context_);
            acceptor_.accept(socket);
            if (stopping_) {
                return;
            }
            ++connections;
            converse(socket);
        }
    }
    void converse(tcp::socket& socket) {
        std::string pending;
        boost::system::error_code failure;
        while (!stopping_) {
            const auto bytes = boost::asio::read_until(socket, boost::asio::dynamic_buffer(pending),
                                                       "\r\n\r\n", failure);
            if (failure) {
                return;
            }
            const auto answer = respond_(pending.substr(0, bytes));
            pending.erase(0, bytes);
            boost::asio::write(socket, boost::asio::buffer(answer), failure);
            if (answer.empty() || answer.find("Connection: close") != std::string::npos) {
                return;
            }
        }
    }

    responder respond_;
    boost::asio::io_context context_;
    tcp::acceptor acceptor_;
    std::atomic<bool> stopping_{false};
    std::thread thread_;
};

struct outcome {
    std::optional<client_response> head;
    std::string body;
    bool ended = false;
    std::optional<client_failure> failure;
};

struct web_user {
    explicit web_user(const std::string& url, client_options options = {})
        : page(web_url::parse(url).value()), client(context, page, options) {}

    std::uint64_t start(outcome& out, client_request request = {"GET", "/mcp", {}, {}}) {
        return client.start(std::move(request),
                            {[&](const client_response& head) { out.head = head; },
                             [&](std::string_view bytes) { out.body.append(bytes); },
                             [&](const client_failure* failure) {
                                 out.ended = true;
                                 if (failure != nullptr) {
                                     out.failure = *failure;
                                 }
                             }});
    }
    outcome get() {
        outcome out;
        REQUIRE(start(out) != 0);
        run_until([&] { return out.ended; });
        return out;
    }
    template <class Done>
    void run_until(Done done) {
        const auto end = std::chrono::steady_clock::now() + test::patience;
        context.restart();
        while (!done() && std::chrono::steady_clock::now() < end) {
            context.run_one_for(100ms);
            context.restart();
        }
        REQUIRE(done());
    }

    boost::asio::io_context context;
    web_url page;
    http_client client;
};

std::string with_length(const std::string& body, const std::string& more = "") {
    return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" + more +
           "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

} // namespace

TEST_CASE("answers come whole, over one connection", "[net][client]") {
    int count = 0;
    std::string seen;
    scripted_web web([&](const std::string& head) {
        seen = head;
        switch (++count) {
        case 1: return with_length("one");
        case 2:
            return std::string("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                               "2\r\ntw\r\n1;x=y\r\no\r\n0\r\nTrailer: t\r\n\r\n");
        case 3: return std::string("HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n");
        case 4: return std::string("HTTP/1.1 204 No Content\r\n\r\n");
        default:
            return std::string("HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\n"
                               "Connection: close\r\n\r\nto the end");
        }
    });
    web_user user(web.url);
    CHECK(user.get().body == "one");
    CHECK_THAT(seen, Contains("GET /mcp HTTP/1.1\r\nHost: 127.0.0.1:"));
    CHECK(user.get().body == "two");
    CHECK(user.get().head->status == 202);
    CHECK(user.get().head->status == 204);
    const auto last = user.get();
    CHECK(last.body == "to the end");
    CHECK_FALSE(last.failure);
    CHECK(web.connections == 1);
    CHECK(user.get().body == "to the end");
    CHECK(web.connections == 2);
}

TEST_CASE("a server that asks for a short rest is not asked on the same connection",
          "[net][client]") {
    scripted_web web(
        [](const std::string&) { return with_length("{}", "Keep-Alive: timeout=1\r\n"); });
    web_user user(web.url);
    CHECK(user.get().body == "{}");
    CHECK(user.get().body == "{}");
    CHECK(web.connections == 2);
}

TEST_CASE("what is no whole answer is a failure that names the server", "[net][client]") {
    const auto failure_of = [](const std::string& answer) {
        scripted_web web([&](const std::string&) { return answer; });
        web_user user(web.url);
        const auto out = user.get();
        REQUIRE(out.failure);
        CHECK(out.failure->sent);
        CHECK_THAT(out.failure->reason, Contains("http://127.0.0.1:"));
        return out.failure->reason;
    };
    CHECK_THAT(failure_of(""), Contains("before its answer"));
    CHECK_THAT(failure_of("SSH-2.0-OpenSSH\r\n\r\n"), Contains("no HTTP"));
    CHECK_THAT(failure_of("HTTP/1.1 200 OK\r\nContent-Length: 10\r\nConnection: close\r\n\r\n12"),
               Contains("within its answer"));
    CHECK_THAT(failure_of("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n"
                          "Connection: close\r\n\r\n12"),
               Contains("gzip"));
    CHECK_THAT(failure_of("HTTP/1.1 200 OK\r\nX: " + std::string(100 * kib, 'x') +
                          "\r\nConnection: close\r\n\r\n"),
               Contains("no HTTP"));
}

TEST_CASE("a server that is not there was not asked", "[net][client]") {
    std::string url;
    {
        url = scripted_web([](const std::string&) { return ""; }).url;
    }
    const auto out = web_user(url).get();
    REQUIRE(out.failure);
    CHECK_FALSE(out.failure->sent);
    CHECK_THAT(out.failure->reason, Contains("refused"));
}

TEST_CASE("S5: an address that the options do not open is not connected to", "[net][client]") {
    scripted_web web([](const std::string&) { return with_length("{}"); });
    for (const auto* host : {"127.0.0.1", "localhost", "0x7f.1", "2130706433"}) {
        CAPTURE(host);
        auto page = web_url::parse(web.url).value();
        page.host = host;
        web_user user(page.to_string(), {.addresses = client_addresses::global});
        const auto out = user.get();
        REQUIRE(out.failure);
        CHECK_FALSE(out.failure->sent);
        CHECK_THAT(out.failure->reason, Contains("security.remote_servers"));
    }
    CHECK(web.connections == 0);
}

TEST_CASE("time limits end a request", "[net][client]") {
    scripted_web web([](const std::string& head) {
        if (head.find("/stall") != std::string::npos) {
            return std::string("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12");
        }
        return head.find("/events") != std::string::npos
                   ? std::string("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n")
                   : std::string(" ");
    });
    outcome out;
    SECTION("the head") {
        web_user user(web.url, {.stall_timeout = 1h});
        (void)user.start(out, {"GET", "/mcp", {}, {}, 0ms, 50ms});
        user.run_until([&] { return out.ended; });
        CHECK_THAT(out.failure->reason, Contains("no answer within 50 ms"));
    }
    SECTION("the head, of a whole that never begins") {
        web_user user(web.url, {.stall_timeout = 1h});
        (void)user.start(out, {"GET", "/mcp", {}, {}, 0ms, 0ms, 50ms});
        user.run_until([&] { return out.ended; });
        CHECK_THAT(out.failure->reason, Contains("no answer within 50 ms"));
    }
    SECTION("the body") {
        web_user user(web.url, {.stall_timeout = 50ms});
        (void)user.start(out, {"GET", "/stall", {}, {}});
        user.run_until([&] { return out.ended; });
        CHECK_THAT(out.failure->reason, Contains("does not go on"));
    }
    SECTION("the whole answer") {
        const auto* const target = GENERATE("/stall", "/events");
        web_user user(web.url, {.stall_timeout = 1h});
        (void)user.start(out, {"GET", target, {}, {}, 0ms, 0ms, 50ms});
        user.run_until([&] { return out.ended; });
        CHECK_THAT(out.failure->reason, Contains("no whole answer within 50 ms"));
    }
    SECTION("a stream of events may be silent") {
        web_user user(web.url, {.stall_timeout = 50ms});
        (void)user.start(out, {"GET", "/events", {}, {}, 0ms, 50ms});
        user.run_until([&] { return out.head.has_value(); });
        scripted_web other([](const std::string&) { return "HTTP/1.1 200 OK\r\n\r\n"; });
        web_user later(other.url, {.stall_timeout = 50ms});
        CHECK_THAT(later.get().failure->reason, Contains("does not go on"));
        user.context.restart();
        user.context.poll();
        CHECK_FALSE(out.ended);
    }
}

TEST_CASE("a cancelled request says no more, and the next one works", "[net][client]") {
    scripted_web web([](const std::string&) { return with_length("{}"); });
    web_user user(web.url);
    outcome out;
    SECTION("before it began") { user.client.cancel(user.start(out)); }
    SECTION("while it is delayed") {
        user.client.cancel(user.start(out, {"GET", "/", {}, {}, 1h}));
    }
    SECTION("from its own callback") {
        std::uint64_t number = 0;
        bool called = false;
        number = user.client.start({"GET", "/mcp", {}, {}},
                                   {[&](const client_response&) {
                                        called = true;
                                        user.client.cancel(number);
                                    },
                                    [&](std::string_view) { out.ended = true; },
                                    [&](const client_failure*) {
                                        out.ended = true;
                                    }});
        user.run_until([&] { return called; });
    }
    CHECK(user.get().body == "{}");
    CHECK_FALSE(out.ended);
}

TEST_CASE("a client may be destroyed by its own callback", "[net][client]") {
    scripted_web web([](const std::string&) { return with_length("{}"); });
    boost::asio::io_context context;
    auto client = std::make_unique<http_client>(context, web_url::parse(web.url).value(),
                                                client_options{});
    (void)client->start({"GET", "/mcp", {}, {}},
                        {[&](const client_response&) { client.reset(); }, nullptr, nullptr});
    context.run_for(test::patience);
    CHECK(client == nullptr);
}

TEST_CASE("too many requests under way are refused", "[net][client]") {
    web_user user("http://127.0.0.1:9/", {.requests_max = 2});
    outcome out;
    CHECK(user.start(out, {"GET", "/", {}, {}, 1h}) != 0);
    CHECK(user.start(out, {"GET", "/", {}, {}, 1h}) != 0);
    CHECK(user.start(out) == 0);
}
