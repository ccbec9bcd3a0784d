#include "api/identity/email.hpp"

#include "tests/support/catch.hpp"

using namespace orch;
using namespace orch::api;
using Catch::Matchers::Contains;

TEST_CASE("an e-mail address has one form", "[api][email]") {
    const std::string expected = "ada.l+x@mail.example.com";
    for (const auto* text : {"ada.l+x@mail.example.com", "Ada.L+X@Mail.Example.COM",
                             "  ada.l+x@mail.example.com\t\r\n"}) {
        CAPTURE(text);
        CHECK(*normalise_email(text) == expected);
    }
}

TEST_CASE("addresses of the usual shapes are taken", "[api][email]") {
    for (const auto* text :
         {"a@b.c", "root@localhost", "o'neil@example.com", "x_y-z/1=2@example.co.uk",
          "user@xn--bcher-kva.example", "1@2.3", "a@b-c.d", "!#$%&'*+/=?^_`{|}~@x.y"}) {
        CAPTURE(text);
        REQUIRE(normalise_email(text).has_value());
        CHECK(*normalise_email(text) == text);
    }
}

TEST_CASE("what is not shaped like an address is refused", "[api][email]") {
    using namespace std::string_literals;
    for (const auto& text : {""s,
                             "  "s,
                             "@"s,
                             "a"s,
                             "a@"s,
                             "@b.c"s,
                             "a@b"s,
                             "a@b@c.d"s,
                             "a b@c.d"s,
                             "a@c .d"s,
                             "a@.c"s,
                             "a@c."s,
                             "a@b..c"s,
                             "a@-b.c"s,
                             "a@b-.c"s,
                             "a@b_c.d"s,
                             "a@[127.0.0.1]"s,
                             "a\n@b.c"s,
                             "a@b.c\r\nBcc: x@y.z"s,
                             "a\0@b.c"s,
                             "a@b.c\0"s,
                             "a\x7f@b.c"s,
                             "\"a\"@b.c"s,
                             "Ada <a@b.c>"s,
                             "a@b.c,d@e.f"s,
                             "a,b@c.d"s,
                             "\xC3\x84@b.c"s,
                             "a@b\xC3\xBC.c"s,
                             "a\xC2\xA0@b.c"s,
                             "a\xFF@b.c"s,
                             "a@LOCALHOST.."s,
                             "a@localhost:80"s}) {
        CAPTURE(text);
        const auto refused = normalise_email(text);
        REQUIRE_FALSE(refused.has_value());
        CHECK(refused.error().code == errc::invalid_argument);
        CHECK(refused.error().detail.starts_with("email: "));
    }
}

TEST_CASE("the refusal of an address says what is wrong with it", "[api][email]") {
    const auto why = [](std::string_view text) {
        return normalise_email(text).error().detail;
    };
    CHECK_THAT(why("ada"), Contains("exactly one @"));
    CHECK_THAT(why("ada@b@c.d"), Contains("exactly one @"));
    CHECK_THAT(why("a da@b.c"), Contains("before the @"));
    CHECK_THAT(why("ada@b"), Contains("after the @"));
    CHECK_THAT(why(std::string(255, 'a')), Contains("at most 254 bytes"));
}

TEST_CASE("an address has at most 254 bytes without the blanks around it", "[api][email]") {
    const std::string domain = "@example.com";
    const auto longest = std::string(254 - domain.size(), 'a') + domain;
    CHECK(*normalise_email(longest) == longest);
    CHECK(normalise_email("   " + longest + "   ").has_value());
    CHECK_FALSE(normalise_email("a" + longest).has_value());
    CHECK_FALSE(normalise_email(std::string(1'000'000, 'a') + domain).has_value());
    CHECK(normalise_email("a@" + std::string(63, 'b') + ".c").has_value());
    CHECK_FALSE(normalise_email("a@" + std::string(64, 'b') + ".c").has_value());
}
