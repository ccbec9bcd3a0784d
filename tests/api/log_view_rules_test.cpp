#include "api/log_view_rules.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/registry_of.hpp"

using namespace orch;
using namespace orch::api;
using namespace std::chrono_literals;

namespace {

struct kept_query {
    kept_query() {
        home.id = project_id::random();
        home.name = "home";
        files.definition.id = server_id::random();
        files.definition.project = home.id;
        files.definition.name = "files";
    }

    std::string keep(std::string_view text) {
        return checked_view_query(text, home, test::registry_of({home}, {files}),
                                  std::chrono::system_clock::time_point{500'000h}, faults);
    }
    /// The fields of what is wrong, with a blank between them.
    std::string blamed(std::string_view text) {
        (void)keep(text);
        std::string fields;
        for (const auto& each : faults.empty() ? std::vector<fault>{} : faults.to_error().faults) {
            fields += fields.empty() ? "" : " ";
            fields += each.field;
        }
        return fields;
    }

    model::project home;
    model::server_entry files;
    fault_list faults;
};

std::string blamed_name(const std::string& name) {
    fault_list faults;
    check_view_name(name, faults);
    return faults.empty() ? "" : faults.to_error().detail;
}

} // namespace

TEST_CASE_METHOD(kept_query, "the query of a view is kept as an address has it", "[api][views]") {
    CHECK(keep("status=error&status=timeout&server_id=files") ==
          "status=error&status=timeout&server_id=files");
    CHECK(keep("?search_text=a+b%26c&tool_name=&min_duration_ms=50&page_size=100") ==
          "search_text=a%20b%26c&min_duration_ms=50&page_size=100");
    CHECK(keep("").empty());
    CHECK(faults.empty());
}

TEST_CASE_METHOD(kept_query, "the query of a view is read as the call log reads it",
                 "[api][views]") {
    SECTION("every fault under its parameter") {
        CHECK(blamed("status=lost&time_range=3y&server_id=none") ==
              "query.time_range query.server_id query.status");
    }
    SECTION("no other project") { CHECK(blamed("project_id=away") == "query"); }
    SECTION("no place in the list") { CHECK(blamed("page=2") == "query"); }
    SECTION("no cursor") { CHECK(blamed("cursor=abc").starts_with("query")); }
    SECTION("nothing that the call log does not know") { CHECK(blamed("colour=red") == "query"); }
    SECTION("nor without a value") { CHECK(blamed("rubbish") == "query"); }
    SECTION("nothing that is no address") { CHECK(blamed("status=%zz") == "query"); }
    SECTION("nothing endless") { CHECK(blamed(std::string(5'000, 'x')) == "query"); }
}

TEST_CASE("names of views count characters", "[api][views]") {
    std::string umlauts;
    for (int i = 0; i < 100; ++i) {
        umlauts += "\u00fc";
    }
    CHECK(blamed_name(umlauts).empty());
    CHECK(blamed_name(umlauts + "x") == "name: longer than 100 characters");
    CHECK(blamed_name("") == "name: must not be empty");
    CHECK(blamed_name("a\nb") == "name: a control character");
    CHECK(blamed_name(std::string(500, 'x')) == "name: longer than 400 bytes");
}
