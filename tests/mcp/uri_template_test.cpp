#include "mcp/uri_template.hpp"

#include "tests/support/catch.hpp"

using orch::mcp::matches_template;

TEST_CASE("a URI belongs to the template that it can be made from", "[mcp][uri_template]") {
    CHECK(matches_template("test://{id}/data", "test://7/data"));
    CHECK(matches_template("test://{id}/data", "test:///data"));
    CHECK(matches_template("file:///{+path}", "file:///a/b"));
    CHECK(matches_template("a{x}b{y}c", "a1b2c"));
    CHECK(matches_template("{all}", ""));
    CHECK(matches_template("a{?x,y}", "a?x=1&y=2"));
    CHECK_FALSE(matches_template("test://{id}/data", "test://7/other"));
    CHECK_FALSE(matches_template("test://{id}/data", "tes://7/data"));
    CHECK_FALSE(matches_template("a{x}b{y}c", "a1c"));
    CHECK_FALSE(matches_template("a{x}ab", "ab"));
}

TEST_CASE("what is no template matches itself alone", "[mcp][uri_template]") {
    CHECK(matches_template("a://b", "a://b"));
    CHECK_FALSE(matches_template("a://b", "a://bc"));
    CHECK(matches_template("a{b", "a{b"));
    CHECK_FALSE(matches_template("a{b", "ab"));
}
