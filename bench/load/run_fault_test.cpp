#include "tests/support/catch.hpp"

#include "bench/load/run_fault.hpp"

using namespace orch::bench;

namespace {

std::string told(const std::string& fault) {
    std::string text;
    orch::json_writer out(text);
    out.begin_object();
    write_fault(out, fault);
    out.end_object();
    return text;
}

} // namespace

TEST_CASE("a run tells an error only when it has one", "[bench][run_fault]") {
    CHECK(told("") == "{}");
    CHECK(told("none came") == R"({"error":"none came"})");
}

TEST_CASE("an open loop that did not send a call did not keep its schedule", "[bench][run_fault]") {
    CHECK(fault_of_schedule(0, 500).empty());
    CHECK(fault_of_schedule(1, 500).starts_with("1 of 500 calls were never sent"));
}

TEST_CASE("slow readers must be cut off, and others served beside them", "[bench][run_fault]") {
    CHECK(fault_of_slow_readers(8, 1, 100).empty());
    CHECK(fault_of_slow_readers(8, 0, 100) == "none of 8 clients that read nothing was cut off");
    CHECK(fault_of_slow_readers(8, 8, 0).starts_with("no client was answered"));
}

TEST_CASE("a gateway must close what vanished clients had open", "[bench][run_fault]") {
    CHECK(fault_of_descriptors({100, 64, 36}).empty());
    CHECK(fault_of_descriptors({100, 64, 30}).empty());
    CHECK(fault_of_descriptors({100, 64, 37}) ==
          "37 descriptors are open after 64 of 100 should have gone");
    CHECK_FALSE(fault_of_descriptors({10, 64, 0}).empty());
}
