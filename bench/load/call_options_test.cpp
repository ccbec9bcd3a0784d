#include "tests/support/catch.hpp"

#include "bench/load/call_options.hpp"

#include <CLI/CLI.hpp>

using namespace std::chrono_literals;
using orch::bench::call_shape;

namespace {

/// Reads the words as those of a subcommand, where `mcp-orch-bench` has them.
call_shape shape_of(const std::string& words) {
    call_shape shape;
    CLI::App program;
    orch::bench::add_call_shape(*program.add_subcommand("calls"), shape);
    program.parse("calls " + words);
    return shape;
}

std::string refusal_of(const std::string& words) {
    try {
        static_cast<void>(shape_of(words));
    } catch (const CLI::ParseError& refusal) {
        return refusal.what();
    }
    return "";
}

} // namespace

TEST_CASE("calls take what their tool can do", "[bench][call_options]") {
    CHECK(shape_of("").tool == "echo");
    CHECK(shape_of("--payload 66060288").payload_bytes == 63 << 20);
    CHECK(shape_of("--tool blob --result 16777216").result_bytes == 16 << 20);
    CHECK(shape_of("--result 1 --tool blob").result_bytes == 1);
    CHECK(shape_of("--tool delay --delay 59000").delay == 59s);
    CHECK(shape_of("--tool fail --result 0").result_bytes == 0);
}

TEST_CASE("calls are refused where an answer would be judged wrong", "[bench][call_options]") {
    CHECK(refusal_of("--result 100").find("--result needs --tool blob") != std::string::npos);
    CHECK(refusal_of("--tool delay --delay 1 --result 1").find("--result needs --tool blob") !=
          std::string::npos);
    CHECK(refusal_of("--tool blob").find("--tool blob needs --result") != std::string::npos);
    CHECK(refusal_of("--delay 5").find("--delay needs --tool delay") != std::string::npos);
    CHECK(refusal_of("--tool delay").find("--tool delay needs --delay") != std::string::npos);
    CHECK(refusal_of("--tool blob --result 16777217").find("--result") != std::string::npos);
    CHECK(refusal_of("--payload 66060289").find("--payload") != std::string::npos);
    CHECK(refusal_of("--tool delay --delay 59001").find("--delay") != std::string::npos);
}
