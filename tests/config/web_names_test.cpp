#include "config/web_names.hpp"

#include "tests/support/catch.hpp"

using namespace orch::config;

TEST_CASE("allowed hosts are names or addresses, with or without a port", "[config][web_names]") {
    CHECK(host_name::check("MCP.Example.org").value() == "mcp.example.org");
    CHECK(host_name::check("mcp.example.org:8443").value() == "mcp.example.org:8443");
    CHECK(host_name::check("[::1]:8000").value() == "[::1]:8000");
    CHECK(host_name::check("10.0.0.5").has_value());
    const auto* wrong = GENERATE("", "https://mcp.example.org", "mcp.example.org/", "a b", "*",
                                 "::1", "[::1", "[zz]", "host:", "host:0", "host:99999", "[::1]x");
    CAPTURE(wrong);
    CHECK(host_name::check(wrong).has_error());
}

TEST_CASE("allowed origins have a scheme and no path", "[config][web_names]") {
    CHECK(web_origin::check("https://App.example.org:8443").value() ==
          "https://app.example.org:8443");
    const auto* wrong = GENERATE("", "app.example.org", "https://", "https://a/", "ftp://a",
                                 "https://a/b", "null");
    CAPTURE(wrong);
    CHECK(web_origin::check(wrong).has_error());
}

TEST_CASE("the public URL loses the slash at its end", "[config][web_names]") {
    CHECK(check_base_url("https://mcp.example.org/").value() == "https://mcp.example.org");
    CHECK(check_base_url("http://10.0.0.5:8000/mcp").value() == "http://10.0.0.5:8000/mcp");
    const auto* wrong = GENERATE("mcp.example.org", "https://", "https://a?x=1", "https://a#b",
                                 "https://user@a", "https://a b", "javascript:alert(1)");
    CAPTURE(wrong);
    CHECK(check_base_url(wrong).has_error());
}

TEST_CASE("trusted proxies are addresses or networks", "[config][web_names]") {
    for (const auto* right : {"10.0.0.5", "10.0.0.0/8", "0.0.0.0/0", "::1", "fd00::/8", "::/128"}) {
        CAPTURE(right);
        CHECK(network_address::check(right).value() == right);
    }
    const auto* wrong = GENERATE("", "proxy", "10.0.0.0/", "10.0.0.0/33", "::/129", "/8",
                                 "10.0.0.0/8/8", "10.0.0.0/-1", "[::1]");
    CAPTURE(wrong);
    CHECK(network_address::check(wrong).has_error());
}
