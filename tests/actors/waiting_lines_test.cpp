#include "actors/waiting_lines.hpp"

#include "tests/support/catch.hpp"

using namespace orch;
using actors::waiting_lines;

namespace {

model::server_log_entry line(const server_id& server, const std::string& text) {
    static uuid_sequence sequence;
    return {sequence.next(),
            project_id{},
            server,
            model::log_level::info,
            model::log_category::output,
            text};
}

} // namespace

TEST_CASE("lines that find room all wait in their order", "[actors][waiting_lines]") {
    waiting_lines lines(3);
    CHECK(lines.empty());
    const auto server = server_id::random();
    for (const auto* text : {"one", "two", "three"}) {
        lines.add(line(server, text));
    }
    const auto all = lines.all();
    REQUIRE(all.size() == 3);
    CHECK(all[0].message == "one");
    CHECK(all[2].message == "three");
    lines.clear();
    CHECK(lines.empty());
    CHECK(lines.all().empty());
}

TEST_CASE("lines that find no room push out the oldest, and each server is told how many",
          "[actors][waiting_lines]") {
    waiting_lines lines(2);
    const auto loud = server_id::random();
    const auto quiet = server_id::random();
    const std::vector sent{line(loud, "a"), line(quiet, "b"), line(loud, "c"), line(loud, "d"),
                           line(loud, "e")};
    for (const auto& each : sent) {
        lines.add(each);
    }
    const auto all = lines.all();
    REQUIRE(all.size() == 4);
    // In the place of what is missing.
    CHECK(all[0].id == sent[1].id);
    CHECK(all[0].server == quiet);
    CHECK(all[0].message == "1 lines were left out while the database was away");
    CHECK(all[1].id == sent[2].id);
    CHECK(all[1].server == loud);
    CHECK(all[1].level == model::log_level::warning);
    CHECK(all[1].message == "2 lines were left out while the database was away");
    CHECK(all[1].search_text == all[1].message);
    CHECK(all[2].message == "d");
    CHECK(all[3].message == "e");
    lines.clear();
    CHECK(lines.empty());
}

TEST_CASE("a line that comes after a newer one stands behind it", "[actors][waiting_lines]") {
    waiting_lines lines(10);
    const auto server = server_id::random();
    const auto first = line(server, "first");
    const auto second = line(server, "second");
    lines.add(second);
    lines.add(first);
    lines.add(line(server, "third"));
    const auto all = lines.all();
    REQUIRE(all.size() == 3);
    CHECK(all[0].id == second.id);
    CHECK(all[1].message == "first");
    CHECK(all[1].id > second.id);
    CHECK(all[1].id.timestamp() - second.id.timestamp() <= std::chrono::milliseconds(1));
    CHECK(all[2].id > all[1].id);
    // Also when the newer one is stored already.
    lines.clear();
    lines.add(second);
    CHECK(lines.all()[0].id > all[2].id);
}
