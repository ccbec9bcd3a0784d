#include "api/identity/password_rules.hpp"

#include "tests/support/catch.hpp"

using namespace orch;
using namespace orch::api;
using namespace std::string_literals;
using Catch::Matchers::Contains;

namespace {

const std::string email = "ada.lovelace@example.com";
const std::string name = "Ada Lovelace";

/// Why a password is refused; empty when it is not.
std::string refusal(const std::string& password) {
    const auto checked = check_new_password(password, email, name);
    if (checked) {
        return {};
    }
    CHECK(checked.error().code == errc::invalid_argument);
    CHECK(checked.error().detail.starts_with("password: "));
    return checked.error().detail;
}

} // namespace

TEST_CASE("passwords of all kinds may be chosen", "[api][password_rules]") {
    for (const auto& password :
         {"correct horse battery staple"s, "kq7%Zp!x"s, "        x"s, std::string(1'024, 'l'),
          "\xD0\xBF\xD0\xB0\xD1\x80\xD0\xBE\xD0\xBB\xD1\x8C"s, "\xF0\x9F\x94\x91\xF0\x9F\x94\x92"s,
          "na\xC3\xAFvet\xC3\xA9 \xC2\xA0!"s, "passwordpassword1"s, "ada lovelace 1815"s}) {
        CAPTURE(password);
        CHECK(refusal(password).empty());
    }
    // Nobody is named; that is no password either.
    CHECK(check_new_password("kq7%Zp!x", "", "").has_value());
}

TEST_CASE("a password has 8 to 1024 bytes", "[api][password_rules]") {
    CHECK(refusal("kq7%Zp!x").empty());
    CHECK_THAT(refusal("kq7%Zp!"), Contains("at least 8"));
    CHECK_THAT(check_new_password("", email, name).error().detail, Contains("at least 8"));
    CHECK(refusal(std::string(1'024, 'x')).empty());
    CHECK_THAT(refusal(std::string(1'025, 'x')), Contains("at most 1024"));
}

TEST_CASE("a password has no control characters and is UTF-8", "[api][password_rules]") {
    for (const auto& password :
         {"good\0enough"s, "good\nenough"s, "good\tenough"s, "good enough\r"s, "\x1Bgood enough"s,
          "good\x7F enough"s, "good\xC2\x85 enough"s, "good\xC2\x9F enough"s, "good enough\xC2"s,
          "good\xFF enough"s, "good\xED\xA0\x80 enough"s}) {
        CAPTURE(password);
        CHECK_THAT(refusal(password), Contains("control characters"));
    }
    // Characters that end in the bytes of C1 are none.
    CHECK(refusal("good \xC3\x85 \xE2\x82\x85").empty());
}

TEST_CASE("the own e-mail and name are no password", "[api][password_rules]") {
    for (const auto& password : {email, name, "ADA.Lovelace@Example.com"s, "ada lovelace"s}) {
        CAPTURE(password);
        CHECK_THAT(refusal(password), Contains("e-mail"));
    }
    CHECK(check_new_password(email, "other@example.com", "Other").has_value());
}

TEST_CASE("passwords that everybody tries first are refused", "[api][password_rules]") {
    for (const auto& password :
         {"password"s, "12345678"s, "123456789"s, "1234567890"s, "qwertyuiop"s, "Password1"s,
          "PASSWORD123"s, "iloveyou"s, "P@ssw0rd"s, "trustno1"s, "!qaz2wsx"s, "zxcvbnm123"s,
          "Administrator"s, "changeme"s}) {
        CAPTURE(password);
        CHECK_THAT(refusal(password), Contains("tries first"));
    }
    CHECK(refusal("password\xC3\xA9").empty());
    CHECK(refusal("12345678!x").empty());
}

TEST_CASE("a refusal does not quote the password", "[api][password_rules]") {
    for (const auto& password : {"kq7%Zp!"s, email, name, "1qaz2wsx"s, "good\nenough"s}) {
        CAPTURE(password);
        REQUIRE_FALSE(refusal(password).empty());
        CHECK_THAT(refusal(password), !Contains(password));
    }
}
