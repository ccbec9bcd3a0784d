#include "net/event_stream.hpp"

#include "tests/support/catch.hpp"

#include <string>
#include <vector>

using namespace orch::net;

namespace {

/// The payload of a single HTTP chunk; fails when the sizes do not match.
std::string unchunk(const std::string& chunk) {
    const auto line_end = chunk.find("\r\n");
    REQUIRE(line_end != std::string::npos);
    const auto size = std::stoul(chunk.substr(0, line_end), nullptr, 16);
    REQUIRE(chunk.size() == line_end + 2 + size + 2);
    REQUIRE(chunk.ends_with("\r\n"));
    return chunk.substr(line_end + 2, size);
}

/// The data of an event as a browser reads it: lines joined by line feeds.
std::string event_data(const std::string& event) {
    std::string data;
    std::size_t at = 0;
    while (true) {
        const auto end = event.find('\n', at);
        REQUIRE(end != std::string::npos);
        const auto line = event.substr(at, end - at);
        at = end + 1;
        if (line.empty()) {
            REQUIRE(at == event.size());
            return data.empty() ? data : data.substr(0, data.size() - 1);
        }
        if (line.starts_with("data: ")) {
            data += line.substr(6) + "\n";
        }
    }
}

} // namespace

TEST_CASE("message frame is one chunk with one event", "[net][event_stream]") {
    CHECK(unchunk(*message_frame(R"({"a":1})")) == "event: message\ndata: {\"a\":1}\n\n");
    CHECK(unchunk(*message_frame(R"({"id":)", "17", R"(,"b":2})")) ==
          "event: message\ndata: {\"id\":17,\"b\":2}\n\n");
    CHECK(unchunk(*message_frame({})) == "event: message\ndata: \n\n");
}

TEST_CASE("JSON with line breaks stays one event", "[net][event_stream]") {
    CHECK(unchunk(*message_frame("{\r\"a\":1,", "\n7", "\r\n}")) ==
          "event: message\ndata: { \"a\":1, 7  }\n\n");
    CHECK(unchunk(*resumable_frame("a-1", "{\r\"a\":\n1}")) ==
          "event: message\nid: a-1\ndata: { \"a\": 1}\n\n");
}

TEST_CASE("message frame has the right size for any length", "[net][event_stream]") {
    for (const std::size_t size : {1, 15, 16, 255, 256, 4096, 65536, 1'000'000}) {
        const std::string json(size, 'x');
        CAPTURE(size);
        CHECK(event_data(unchunk(*message_frame(json))) == json);
    }
}

TEST_CASE("an event to come back to has an id", "[net][event_stream]") {
    CHECK(unchunk(*resumable_frame("a-1", R"({"a":1})")) ==
          "event: message\nid: a-1\ndata: {\"a\":1}\n\n");
    CHECK(unchunk(*priming_frame("a-0", std::chrono::milliseconds{1500})) ==
          "id: a-0\nretry: 1500\ndata: \n\n");
}

TEST_CASE("a frame carries its message and no other", "[net][event_stream]") {
    const auto made = resumable_frame("a-1", R"({"a":1})");
    CHECK(carries(*made, R"({"a":1})"));
    for (const auto* other : {"", "}", R"("a":1})", R"({"a":2})", R"( {"a":1})"}) {
        CHECK_FALSE(carries(*made, other));
    }
    CHECK_FALSE(carries("", ""));
}

TEST_CASE("message frame is allocated once, at its exact size", "[net][event_stream]") {
    const auto made = message_frame(std::string(1000, 'x'));
    CHECK(made->capacity() == made->size());
}

TEST_CASE("line breaks in the data of a named frame cannot end the event", "[net][event_stream]") {
    CHECK(unchunk(*named_frame("endpoint", "/x?a=b")) == "event: endpoint\ndata: /x?a=b\n\n");
    const auto data = GENERATE(as<std::string>{}, "a\nb", "a\r\nb", "a\rb", "\n", "a\n\nevent: b",
                               "a\r\n\r\ndata: b", "");
    const auto decoded = event_data(unchunk(*named_frame("x", data)));
    auto expected = data;
    for (std::size_t at; (at = expected.find("\r\n")) != std::string::npos;) {
        expected.erase(at, 1);
    }
    for (auto& c : expected) {
        c = c == '\r' ? '\n' : c;
    }
    CHECK(decoded == expected);
}

TEST_CASE("every reason to end a stream has a name", "[net][event_stream]") {
    CHECK(to_string(stream_end::peer_closed) == "peer_closed");
    CHECK(to_string(stream_end::slow_reader) == "slow_reader");
    CHECK(to_string(stream_end::finished) == "finished");
    CHECK(to_string(stream_end::server_stopping) == "server_stopping");
}
