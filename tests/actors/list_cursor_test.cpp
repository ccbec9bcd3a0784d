#include "actors/list_cursor.hpp"

#include "tests/support/catch.hpp"

using orch::actors::list_cursor;
using orch::model::list_kind;

namespace {

struct numbers {
    explicit numbers(std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) {
            all.push_back(std::to_string(i));
        }
        names.assign(all.begin(), all.end());
    }

    std::vector<std::string> all;
    std::vector<std::string_view> names;
};

} // namespace

TEST_CASE("C7: a cursor leads to the page that it was given out for", "[actors][list_cursor]") {
    const numbers list(2'500);
    const list_cursor cursors(list_kind::tools, "s", list.names);
    CHECK(cursors.begin_of("") == 0);
    const auto second = cursors.cursor_at(1'000);
    CHECK(cursors.begin_of(second) == 1'000);
    CHECK(cursors.begin_of(cursors.cursor_at(2'000)) == 2'000);
    CHECK(cursors.cursor_at(2'500).empty());
    CHECK(cursors.cursor_at(3'000).empty());
}

TEST_CASE("C7: a cursor that was not given out leads nowhere", "[actors][list_cursor]") {
    const numbers list(1'500);
    const list_cursor cursors(list_kind::tools, "s", list.names);
    const auto given = cursors.cursor_at(1'000);
    auto forged = given;
    forged.back() = forged.back() == '0' ? '1' : '0';
    for (const std::string& cursor :
         {forged, std::string("1000"), std::string("-"), std::string("x-y"),
          "1001" + given.substr(4), given + "0", std::string("99999999999999999999999-0")}) {
        CAPTURE(cursor);
        CHECK_FALSE(cursors.begin_of(cursor));
    }
    CHECK_FALSE(list_cursor(list_kind::prompts, "s", list.names).begin_of(given));
    CHECK_FALSE(list_cursor(list_kind::tools, "t", list.names).begin_of(given));
    const numbers longer(1'501);
    CHECK_FALSE(list_cursor(list_kind::tools, "s", longer.names).begin_of(given));
}
