#include "net/web_url.hpp"

#include "tests/support/catch.hpp"

using namespace orch::net;
using Catch::Matchers::Contains;

TEST_CASE("a URL is taken apart", "[net][url]") {
    const auto url = web_url::parse("https://Example.COM/mcp?key=1#part").value();
    CHECK(url.secure);
    CHECK(url.host == "example.com");
    CHECK(url.port == "443");
    CHECK(url.target == "/mcp?key=1");
    CHECK(url.authority() == "example.com");
    CHECK(url.origin() == "https://example.com");

    const auto local = web_url::parse("http://[::1]:8080").value();
    CHECK(local.host == "::1");
    CHECK(local.target == "/");
    CHECK(local.authority() == "[::1]:8080");
    CHECK(local.to_string() == "http://[::1]:8080/");
    CHECK(web_url::parse("http://host:80/").value().origin() == "http://host");
}

TEST_CASE("what is no address of a web server is refused", "[net][url]") {
    for (const std::string text : {"", "/mcp", "ftp://host/", "file:///etc/passwd", "javascript:1",
                                   "http://", "http:///x", "http://host:0/", "http://host:99999/",
                                   "http://ho st/", "http://host/a b", "http://host\r\nX: y/"}) {
        CAPTURE(text);
        CHECK(web_url::parse(text).has_error());
    }
    const auto refused = web_url::parse("https://user:secret@host/");
    REQUIRE(refused.has_error());
    CHECK_THAT(refused.error().detail, Contains("credentials") && !Contains("secret"));
}

TEST_CASE("a reference means a place on a page", "[net][url]") {
    const auto page = web_url::parse("http://127.0.0.1:99/a/sse?x=1").value();
    CHECK(page.resolve("/messages?sessionId=1").value().to_string() ==
          "http://127.0.0.1:99/messages?sessionId=1");
    CHECK(page.resolve("messages").value().target == "/a/messages");
    CHECK(page.resolve("?sessionId=2").value().target == "/a/sse?sessionId=2");
    CHECK(page.resolve("http://127.0.0.1:99/other").value().origin() == page.origin());
    for (const std::string foreign :
         {"http://127.0.0.1:98/x", "https://127.0.0.1:99/x", "//evil.example/x",
          "http://127.0.0.1:99.evil.example/x", "http://localhost:99/"}) {
        CAPTURE(foreign);
        const auto place = page.resolve(foreign);
        CHECK((place.has_error() || place->origin() != page.origin()));
    }
    CHECK(page.resolve("file:///etc/passwd").has_error());
    CHECK(page.resolve("http://u:p@127.0.0.1:99/").has_error());
}
