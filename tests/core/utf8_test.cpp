#include "core/utf8.hpp"
#include "tests/support/catch.hpp"

using orch::is_utf8;

TEST_CASE("well-formed UTF-8 is told from other bytes", "[core][utf8]") {
    CHECK(is_utf8(""));
    CHECK(is_utf8("plain"));
    CHECK(is_utf8("na\xC3\xAFve \xE2\x82\xAC \xF0\x9F\x94\x91"));
    for (const std::string_view bad :
         {"\xFF", "\x80", "\xC3", "\xC0\x80", "\xED\xA0\x80", "\xE2\x82", "\xF5\x80\x80\x80"}) {
        CHECK_FALSE(is_utf8(bad));
        CHECK_FALSE(is_utf8(std::string(100, 'a') + std::string(bad)));
    }
}
