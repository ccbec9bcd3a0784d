#include "net/forwarded_for.hpp"

#include "tests/support/catch.hpp"

#include <string>

using orch::net::forwarded_for;
using orch::net::header_list;

namespace {

std::string client(const std::vector<std::string>& trusted, std::string_view peer,
                   const std::vector<std::string>& lines) {
    header_list headers{{"host", "h"}};
    for (const auto& line : lines) {
        headers.emplace_back("x-forwarded-for", line);
    }
    return forwarded_for::make(trusted).value().client_address(peer, headers);
}

} // namespace

TEST_CASE("nobody is believed unless trusted", "[net][forwarded_for]") {
    CHECK(client({}, "10.0.0.1", {"1.2.3.4"}) == "10.0.0.1");
    CHECK(client({"10.0.0.2"}, "10.0.0.1", {"1.2.3.4"}) == "10.0.0.1");
    CHECK(client({"10.0.0.2"}, "unix", {"1.2.3.4"}) == "unix");
}

TEST_CASE("the rightmost hop that is not trusted is the client", "[net][forwarded_for]") {
    const std::vector<std::string> trusted{"10.0.0.0/8", "fd00::/8", "192.168.1.1"};
    struct row {
        std::vector<std::string> lines;
        std::string expected;
    };
    for (const auto& [lines, expected] : {
             row{{}, "10.0.0.1"},
             row{{"1.2.3.4"}, "1.2.3.4"},
             row{{"6.6.6.6, 1.2.3.4"}, "1.2.3.4"},
             row{{"6.6.6.6,1.2.3.4,10.9.9.9,192.168.1.1"}, "1.2.3.4"},
             row{{"6.6.6.6", "1.2.3.4", "10.9.9.9"}, "1.2.3.4"},
             row{{"1.2.3.4:5678"}, "1.2.3.4"},
             row{{"2001:db8::1"}, "2001:db8::1"},
             row{{"[2001:db8::1]:443"}, "2001:db8::1"},
             row{{"2001:db8::1, fd00::7"}, "2001:db8::1"},
             row{{"::ffff:1.2.3.4"}, "1.2.3.4"},
             row{{"10.1.1.1, 10.2.2.2"}, "10.1.1.1"},
         }) {
        CAPTURE(lines);
        CHECK(client(trusted, "10.0.0.1", lines) == expected);
    }
}

TEST_CASE("a hop that is no address hides everything left of it", "[net][forwarded_for]") {
    for (const auto* line :
         {"", ",", " , ,", "unknown", "1.2.3.4,", "1.2.3.4, x", "6.6.6.6,[", "]", "[]", ":",
          "[:", "1.2.3.4, 300.1.1.1", "6.6.6.6, _hidden", "6.6.6.6,\t"}) {
        CAPTURE(line);
        CHECK(client({"10.0.0.1"}, "10.0.0.1", {line}) == "10.0.0.1");
    }
}

TEST_CASE("an entry that is no address is an error that names it", "[net][forwarded_for]") {
    for (const auto* entry : {"", "localhost", "10.0.0.0/33", "10.0.0.0/", "::/129", "1.2.3"}) {
        CAPTURE(entry);
        const auto made = forwarded_for::make({entry});
        REQUIRE_FALSE(made.has_value());
        CHECK(made.error().code == orch::errc::invalid_argument);
        CHECK(made.error().detail.find(entry) != std::string::npos);
    }
}
