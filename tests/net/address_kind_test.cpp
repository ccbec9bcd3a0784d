#include "net/address_kind.hpp"

#include "tests/support/catch.hpp"

#include <utility>
#include <vector>

using namespace orch::net;
using boost::asio::ip::make_address;

TEST_CASE("S5: addresses are told apart however they are written", "[net][address]") {
    using enum address_kind;
    const std::vector<std::pair<std::string, address_kind>> table{
        {"8.8.8.8", global},
        {"2606:4700:4700::1111", global},
        {"64:ff9b::8.8.8.8", global},
        {"127.0.0.1", loopback},
        {"127.255.255.254", loopback},
        {"::1", loopback},
        {"::ffff:127.0.0.1", loopback},
        {"::ffff:7f00:1", loopback},
        {"::127.0.0.1", loopback},
        {"64:ff9b::7f00:1", loopback},
        {"2002:7f00:0001::", loopback},
        {"10.0.0.1", site},
        {"100.64.0.1", site},
        {"100.127.255.255", site},
        {"172.16.0.1", site},
        {"172.31.255.255", site},
        {"192.168.1.1", site},
        {"198.19.0.1", site},
        {"::ffff:10.1.2.3", site},
        {"2002:c0a8:0101::1", site},
        {"fc00::1", site},
        {"fd12:3456::1", site},
        {"172.32.0.1", global},
        {"100.128.0.1", global},
        {"0.0.0.0", unusable},
        {"0.1.2.3", unusable},
        {"::", unusable},
        {"169.254.169.254", unusable},
        {"::ffff:169.254.169.254", unusable},
        {"64:ff9b::a9fe:a9fe", unusable},
        {"fe80::1", unusable},
        {"192.0.0.8", unusable},
        {"192.0.2.1", unusable},
        {"198.51.100.1", unusable},
        {"203.0.113.1", unusable},
        {"192.88.99.1", unusable},
        {"224.0.0.1", unusable},
        {"239.255.255.255", unusable},
        {"240.0.0.1", unusable},
        {"255.255.255.255", unusable},
        {"ff02::1", unusable},
        {"2001:db8::1", unusable},
        {"2001::1", unusable},
        {"100::1", unusable},
    };
    for (const auto& [text, kind] : table) {
        CAPTURE(text);
        CHECK(kind_of(make_address(text)) == kind);
    }
}

TEST_CASE("S5: requests go where the setting lets them, in the clear only nearby",
          "[net][address]") {
    const auto may = [](const char* address, bool secure, client_addresses allowed) {
        return address_problem(make_address(address), secure, allowed).empty();
    };
    CHECK(may("127.0.0.1", false, client_addresses::all));
    CHECK(may("10.0.0.1", false, client_addresses::all));
    CHECK_FALSE(may("8.8.8.8", false, client_addresses::all));
    CHECK(may("8.8.8.8", true, client_addresses::all));
    CHECK(may("8.8.8.8", true, client_addresses::global));
    CHECK_FALSE(may("8.8.8.8", false, client_addresses::global));
    CHECK_FALSE(may("127.0.0.1", true, client_addresses::global));
    CHECK_FALSE(may("192.168.0.1", true, client_addresses::global));
    CHECK_FALSE(may("169.254.169.254", true, client_addresses::all));
}
