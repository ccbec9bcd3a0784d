#include "api/identity/cookie.hpp"

#include "tests/support/catch.hpp"

using namespace orch;
using namespace orch::api;
using namespace std::chrono_literals;

namespace {

std::optional<std::string> found(const std::string& header, std::string_view name = "sid") {
    const net::header_list headers{{"host", "localhost"}, {"cookie", header}};
    const auto value = find_cookie(headers, name);
    return value ? std::optional<std::string>(*value) : std::nullopt;
}

} // namespace

TEST_CASE("a cookie is found wherever it stands", "[api][cookie]") {
    for (const auto* header : {"sid=abc", "a=1; sid=abc", "sid=abc; b=2", "a=1;sid=abc;b=2",
                               " sid = abc ; b=2", "a=1; ; sid=abc;", "\tsid=abc\t",
                               "flag; sid=abc", "=x; sid=abc", "sidx=1; xsid=2; sid=abc",
                               "SID=other; sid=abc", "a=\"sid=no\"; sid=abc", "sid; sid=abc"}) {
        CAPTURE(header);
        CHECK(found(header) == "abc");
    }
    CHECK(found("sid=a=b==") == "a=b==");
    CHECK(found("sid=\"quoted\"") == "\"quoted\"");
}

TEST_CASE("what is not the cookie is not found", "[api][cookie]") {
    for (const auto* header : {"", ";", "; ;", "=", "sid", "sid=", "sid= ;", "SID=abc", "sidx=abc",
                               "xsid=abc", "a=sid=abc", "a=1, sid=abc", "=sid=abc"}) {
        CAPTURE(header);
        CHECK_FALSE(found(header));
    }
    CHECK_FALSE(find_cookie({}, "sid"));
    CHECK_FALSE(find_cookie({{"x-cookie", "sid=abc"}}, "sid"));
}

TEST_CASE("a cookie that comes twice counts as absent", "[api][cookie]") {
    CHECK_FALSE(found("sid=abc; sid=def"));
    CHECK_FALSE(found("sid=abc; a=1; sid=abc"));
    CHECK_FALSE(found("sid=; sid=abc"));
    CHECK_FALSE(found("sid=abc; sid="));
    CHECK_FALSE(find_cookie({{"cookie", "sid=abc"}, {"cookie", "sid=def"}}, "sid"));
    // The control: two headers alone are no offence.
    CHECK(find_cookie({{"cookie", "a=1"}, {"cookie", "sid=def"}}, "sid") == "def");
}

TEST_CASE("the session cookie of plain http", "[api][cookie]") {
    for (const auto* url : {"", "http://localhost:8000", "http://https:1", "https", "httpss://x"}) {
        CAPTURE(url);
        const session_cookie cookie(url);
        CHECK(cookie.name() == "mcp_orch_session");
        CHECK(cookie.issue("Tok-en_1", 12h) ==
              "mcp_orch_session=Tok-en_1; Path=/; Max-Age=43200; HttpOnly; SameSite=Lax");
        CHECK(cookie.expire() == "mcp_orch_session=; Path=/; Max-Age=0; Expires=Thu, 01 Jan 1970 "
                                 "00:00:00 GMT; HttpOnly; SameSite=Lax");
    }
}

TEST_CASE("the session cookie behind TLS", "[api][cookie]") {
    for (const auto* url : {"https://tools.example.com", "HTTPS://tools.example.com:8443/x"}) {
        CAPTURE(url);
        const session_cookie cookie(url);
        CHECK(cookie.name() == "__Host-mcp_orch_session");
        CHECK(cookie.issue("token", 60s) == "__Host-mcp_orch_session=token; Path=/; Max-Age=60; "
                                            "HttpOnly; SameSite=Lax; Secure");
        CHECK(cookie.expire() ==
              "__Host-mcp_orch_session=; Path=/; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT; "
              "HttpOnly; SameSite=Lax; Secure");
    }
}

TEST_CASE("each kind of session cookie reads only its own", "[api][cookie]") {
    const session_cookie plain("http://localhost");
    const session_cookie tls("https://example.com");
    const net::header_list both{{"cookie", "mcp_orch_session=p; __Host-mcp_orch_session=t"}};
    CHECK(plain.read(both) == "p");
    CHECK(tls.read(both) == "t");
    CHECK_FALSE(tls.read({{"cookie", "mcp_orch_session=p"}}));
    CHECK_FALSE(tls.read({{"cookie", "__host-mcp_orch_session=p"}}));
    CHECK_FALSE(plain.read({{"cookie", "__Host-mcp_orch_session=t"}}));
}
