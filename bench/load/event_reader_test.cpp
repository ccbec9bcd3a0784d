#include "tests/support/catch.hpp"

#include "bench/load/event_reader.hpp"

#include <string>

using orch::bench::event_reader;

namespace {

/// What a reader said, one event in brackets after the other.
std::string events_of(std::string_view bytes, std::size_t piece) {
    std::string seen;
    event_reader reader([&seen](std::string_view type, std::string_view data) {
        seen.append("[").append(type).append("|").append(data).append("]");
    });
    while (!bytes.empty()) {
        reader.feed(bytes.substr(0, piece));
        bytes.remove_prefix(std::min(piece, bytes.size()));
    }
    return seen;
}

} // namespace

TEST_CASE("event reader finds the same events however the bytes are cut", "[bench][event_reader]") {
    constexpr std::string_view bytes = "event: endpoint\ndata: /messages?id=1\n\n"
                                       ": keep-alive\n\n"
                                       "id: 7\r\nevent:message\r\ndata:{\"a\":1}\r\n\r\n"
                                       "retry: 5\ndata\n\n"
                                       "id: 8\ndata:\n\n"
                                       "data: one\ndata: two\ndata:three\n\n\n\r\n"
                                       "database: no\ndata:  indented\n\n"
                                       "data: cut off";
    const auto piece = GENERATE(1, 2, 3, 5, 8, 1000);
    CAPTURE(piece);
    CHECK(events_of(bytes, static_cast<std::size_t>(piece)) ==
          "[endpoint|/messages?id=1][message|{\"a\":1}][|one\ntwo\nthree][| indented]");
}

TEST_CASE("event reader keeps events of any size", "[bench][event_reader]") {
    const std::string large(3'000'000, 'x');
    CHECK(events_of("data: " + large + "\n\ndata: y\n\n", 65'536) == "[|" + large + "][|y]");
}

TEST_CASE("event reader forgets what a broken stream left", "[bench][event_reader]") {
    std::string seen;
    event_reader reader([&seen](std::string_view, std::string_view data) { seen += data; });
    reader.feed("data: half");
    reader.start_over();
    reader.feed("data: whole\n\n");
    CHECK(seen == "whole");
}
