#include "core/model/project.hpp"

#include "tests/support/catch.hpp"

#include <string>

using namespace orch::model;

TEST_CASE("a process policy is read as it is printed", "[core][process_policy]") {
    for (const std::string text :
         {"auto", "shared", "per-session", "per-user", "pool(1)", "pool(4)", "pool(64)"}) {
        CAPTURE(text);
        const auto policy = parse_process_policy(text);
        REQUIRE(policy);
        CHECK(to_string(*policy) == text);
    }
    CHECK(to_string(parse_process_policy("pool").value()) == "pool(4)");
}

TEST_CASE("what is no process policy is refused", "[core][process_policy]") {
    for (const auto* text :
         {"", "puddle", "pool(", "pool()", "pool(0)", "pool(65)", "pool(-1)", "pool(+1)",
          "pool( 4)", "pool(4) ", "pool(4x)", "pool(99999999999999999999)", "shared(4)"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_process_policy(text));
    }
}
