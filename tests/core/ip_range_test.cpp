#include "core/ip_range.hpp"

#include "tests/support/catch.hpp"

using namespace orch;

namespace {

ip_range range(std::string_view text) {
    const auto parsed = ip_range::parse(text);
    INFO(text);
    REQUIRE(parsed.has_value());
    return *parsed;
}

} // namespace

TEST_CASE("a range holds its own addresses and no others", "[core][ip_range]") {
    struct row {
        std::string_view range;
        std::string_view address;
        bool held;
    };
    const auto each = GENERATE(values<row>({
        {"10.0.0.0/8", "10.255.0.1", true},
        {"10.0.0.0/8", "11.0.0.1", false},
        {"192.0.2.7", "192.0.2.7", true},
        {"192.0.2.7", "192.0.2.8", false},
        {"192.0.2.4/30", "192.0.2.7", true},
        {"192.0.2.4/30", "192.0.2.8", false},
        {"0.0.0.0/0", "203.0.113.9", true},
        {"0.0.0.0/0", "2001:db8::1", false},
        {"::/0", "2001:db8::1", true},
        {"2001:db8::/33", "2001:db8:7fff::1", true},
        {"2001:db8::/33", "2001:db8:8000::1", false},
        {"::1", "::1", true},
        {"127.0.0.0/8", "::ffff:127.0.0.1", true},
        {"::ffff:10.0.0.0/104", "10.1.2.3", true},
        {"10.0.0.0/8", "", false},
        {"10.0.0.0/8", "10.0.0.1 ", false},
        {"10.0.0.0/8", "10.0.0", false},
    }));
    CAPTURE(each.range, each.address);
    CHECK(range(each.range).contains(each.address) == each.held);
}

TEST_CASE("a range is printed as people write it", "[core][ip_range]") {
    const auto text = GENERATE(as<std::string>{}, "10.0.0.0/8", "192.0.2.7", "0.0.0.0/0",
                               "2001:db8::/32", "::1", "::/0");
    CHECK(range(text).to_string() == text);
}

TEST_CASE("what is no range is refused with what is wrong", "[core][ip_range]") {
    const auto text = GENERATE(as<std::string>{}, "", "10.0.0.0/33", "10.0.0.1/8", "10.0.0.0/",
                               "10.0.0.0/8/8", "10.0.0.0/-1", "10.0.0", "example.org", "::/129",
                               "fe80::1%eth0", "10.0.0.0/08x", std::string("10.0.0.1\0", 9));
    CAPTURE(text);
    const auto parsed = ip_range::parse(text);
    REQUIRE(parsed.has_error());
    CHECK(parsed.error().code == errc::invalid_argument);
}

TEST_CASE("an empty list of ranges allows every address", "[core][ip_range]") {
    CHECK(allows({}, "203.0.113.9"));
    CHECK(allows({range("10.0.0.0/8"), range("203.0.113.0/24")}, "203.0.113.9"));
    CHECK_FALSE(allows({range("10.0.0.0/8")}, "203.0.113.9"));
}
