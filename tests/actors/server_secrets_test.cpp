#include "tests/actors/server_fixture.hpp"
#include "tests/support/catch.hpp"

using namespace orch;
using namespace orch::test;
using Catch::Matchers::Contains;

TEST_CASE_METHOD(server_fixture, "a server's own secrets are in none of its errors",
                 "[actors][server]") {
    entry.definition.env.emplace_back("TOKEN", "upstream-canary-7391");
    serve("telltale");
    const auto number = call("refuse");
    REQUIRE(run_until([&] { return answer_to(number).has_value(); }));
    CHECK_THAT(answer_to(number)->line, Contains(R"("code":-32603,"message":"not with [secret]")"));
    CHECK(run_until([&] { return logged("refused, with [secret]"); }));
    CHECK_FALSE(logged("canary"));
}

TEST_CASE_METHOD(server_fixture, "a failing start does not tell the server's secrets",
                 "[actors][server]") {
    entry.definition.env.emplace_back("HINT", "cannot find my");
    serve("exits");
    call("echo");
    CHECK_THAT(wait_for_failure().reason, Contains(": [secret] configuration"));
    CHECK_THAT(view().status.last_error, Contains(": [secret] configuration"));
    CHECK_FALSE(logged("cannot find my"));
}
