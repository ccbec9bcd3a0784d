#include "api/call_query.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/registry_of.hpp"

using namespace orch;
using namespace orch::api;
using namespace std::chrono_literals;
using Catch::Matchers::StartsWith;

namespace {

struct queried {
    queried() {
        home.id = project_id::random();
        home.name = "home";
        away.id = project_id::random();
        away.name = "away";
        files.definition.id = server_id::random();
        files.definition.project = home.id;
        files.definition.name = "files";
        key.id = key_id::random();
        key.project = home.id;
        in.registry = std::make_shared<const model::registry>(
            test::registry_of({home, away}, {files}, {key}));
        in.who.kind = principal::kind::project_key;
        in.who.project = home.id;
        in.who.key = key.id;
    }

    result<storage::call_filter> read(net::header_list query, bool with_project = true) {
        if (with_project) {
            query.emplace_back("project_id", "home");
        }
        in.request.query = std::move(query);
        return read_call_filter(in, now);
    }
    std::string complaint(const net::header_list& query, bool with_project = true) {
        const auto filter = read(query, with_project);
        if (filter) {
            return "(none)";
        }
        CHECK(filter.error().code == errc::invalid_argument);
        return filter.error().detail;
    }

    const std::chrono::system_clock::time_point now{500'000h};
    model::project home;
    model::project away;
    model::server_entry files;
    model::api_key key;
    incoming in;
};

} // namespace

TEST_CASE_METHOD(queried, "a project alone asks for its last half hour", "[api][query]") {
    const auto filter = read({}).value();
    CHECK(filter.project == home.id);
    CHECK(filter.from == now - 30min);
    CHECK(filter.to > now);
    CHECK(filter.statuses.empty());
    CHECK_FALSE(filter.server);
    CHECK_FALSE(filter.session);
    CHECK_FALSE(filter.before);
    CHECK(filter.limit == 50);
}

TEST_CASE_METHOD(queried, "every filter is read", "[api][query]") {
    const auto session = session_id::random();
    const auto cursor = uuid::random();
    const auto filter = read({{"time_range", "7d"},
                              {"status", "error"},
                              {"status", "timeout"},
                              {"server_id", "files"},
                              {"session_id", session.to_string()},
                              {"tool_name", "Read"},
                              {"principal", "key:7"},
                              {"client_type", "cursor"},
                              {"client_type", "unknown"},
                              {"error_code", "TOOL_ERROR"},
                              {"min_duration_ms", "5"},
                              {"max_duration_ms", "86400000"},
                              {"page_size", "500"},
                              {"cursor", cursor.to_string()}})
                            .value();
    CHECK(filter.from == now - 168h);
    CHECK(filter.statuses == std::vector{model::call_status::error, model::call_status::timeout});
    CHECK(filter.server == files.definition.id);
    CHECK(filter.session == session);
    CHECK(filter.tool_name == "Read");
    CHECK(filter.principal == "key:7");
    CHECK(filter.client_types == std::vector<std::string>{"cursor", "unknown"});
    CHECK(filter.failures == std::vector{model::error_class::tool_error});
    CHECK(filter.shortest == 5ms);
    CHECK(filter.longest == 24h);
    CHECK(filter.limit == 500);
    CHECK(filter.before == cursor);
    // A server that is gone still has calls.
    const auto gone = server_id::random();
    CHECK(read({{"server_id", gone.to_string()}}).value().server == gone);
}

TEST_CASE_METHOD(queried, "empty values are as good as none", "[api][query]") {
    CHECK(read({{"time_range", ""},
                {"status", ""},
                {"server_id", ""},
                {"session_id", ""},
                {"page_size", ""},
                {"cursor", ""}})
              .has_value());
}

TEST_CASE_METHOD(queried, "every bad parameter names itself", "[api][query]") {
    CHECK_THAT(complaint({}, false), StartsWith("project_id:"));
    CHECK_THAT(complaint({{"project_id", ""}}, false), StartsWith("project_id:"));
    CHECK_THAT(complaint({{"time_range", "2h"}}), StartsWith("time_range:"));
    CHECK_THAT(complaint({{"status", "good"}}), StartsWith("status:"));
    CHECK_THAT(complaint({{"status", "error"}, {"status", "x"}}), StartsWith("status:"));
    CHECK_THAT(complaint({{"server_id", "nobody"}}), StartsWith("server_id:"));
    CHECK_THAT(complaint({{"session_id", "nobody"}}), StartsWith("session_id:"));
    CHECK_THAT(complaint({{"client_type", "emacs"}}), StartsWith("client_type:"));
    CHECK_THAT(complaint({{"error_code", "BAD"}}), StartsWith("error_code:"));
    for (const auto* number : {"-1", "x", "86400001", "1.5", "5 "}) {
        CHECK_THAT(complaint({{"min_duration_ms", number}}), StartsWith("min_duration_ms:"));
        CHECK_THAT(complaint({{"max_duration_ms", number}}), StartsWith("max_duration_ms:"));
    }
    CHECK_THAT(complaint({{"cursor", "x"}}), StartsWith("cursor:"));
    CHECK_THAT(complaint({{"start_time", "yesterday"}}), StartsWith("start_time:"));
    CHECK_THAT(complaint({{"end_time", "tomorrow"}}), StartsWith("end_time:"));
    for (const auto* size : {"0", "501", "-1", "1.5", "x", "5x", " 5", "99999999999"}) {
        CHECK_THAT(complaint({{"page_size", size}}), StartsWith("page_size:"));
    }
}

TEST_CASE_METHOD(queried, "a range by two times is half-open, up to now when only one is given",
                 "[api][query]") {
    const auto filter = read({{"start_time", "2026-01-31T12:00:00Z"},
                              {"end_time", "2026-01-31T14:00:00.5+01:00"}})
                            .value();
    const auto noon = std::chrono::sys_days{std::chrono::year{2026} / 1 / 31} + 12h;
    CHECK(filter.from == noon);
    CHECK(filter.to == noon + 1h + 500ms);
}

TEST_CASE_METHOD(queried, "a foreign project is as unknown as one that is not there",
                 "[api][query]") {
    for (const auto& named : {away.name, away.id.to_string(), std::string("nowhere")}) {
        const auto filter = read({{"project_id", named}}, false);
        REQUIRE_FALSE(filter.has_value());
        CHECK(filter.error().code == errc::not_found);
    }
    in.who = {principal::kind::local_admin, {}, {}, "local-admin"};
    CHECK(read({{"project_id", "away"}}, false).has_value());
}
