#include "api/call_query.hpp"
#include "api/page_cursor.hpp"

#include "tests/api/queried.hpp"

using namespace orch;
using namespace orch::api;
using namespace std::chrono_literals;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;

namespace {

struct queried : test::queried {
    queried() {
        in.who.kind = principal::kind::project_key;
        in.who.project = home.id;
        in.who.key = key.id;
    }

    result<call_query> ask(net::header_list query, bool with_project = true) {
        if (with_project) {
            query.emplace_back("project_id", "home");
        }
        in.request.query = std::move(query);
        return read_call_query(in, now);
    }
    result<storage::call_filter> read(net::header_list query, bool with_project = true) {
        const auto asked = ask(std::move(query), with_project);
        return asked ? result<storage::call_filter>(asked->filter) : asked.error();
    }
    std::string complaint(const net::header_list& query, bool with_project = true) {
        return test::queried::complaint(read(query, with_project));
    }
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
                              {"search_text", "{\"Path\": \"/TMP"},
                              {"page_size", "500"},
                              {"page", "3"}})
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
    CHECK(read({{"max_duration_ms", "0.4"}}).value().longest == 400us);
    CHECK(filter.longest == 24h);
    CHECK(filter.limit == 500);
    CHECK(filter.search == "path /tmp");
    CHECK(filter.offset == 1'000);
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
    for (const auto* number : {"-1", "x", "86400001", "1e3", "5 "}) {
        CHECK_THAT(complaint({{"min_duration_ms", number}}), StartsWith("min_duration_ms:"));
        CHECK_THAT(complaint({{"max_duration_ms", number}}), StartsWith("max_duration_ms:"));
    }
    for (const auto* number : {"-1", "x", "86401", "1e3", "nan", "inf", "5 "}) {
        CHECK_THAT(complaint({{"min_execution_time", number}}), StartsWith("min_execution_time:"));
        CHECK_THAT(complaint({{"max_execution_time", number}}), StartsWith("max_execution_time:"));
    }
    CHECK_THAT(complaint({{"cursor", "x"}}), StartsWith("cursor:"));
    CHECK_THAT(complaint({{"cursor", uuid::random().to_string()}}), StartsWith("cursor:"));
    for (const auto* name : {"search_text", "tool_name", "principal"}) {
        CHECK_THAT(complaint({{name, std::string(1'001, 'x')}}), StartsWith(name));
    }
    CHECK_THAT(complaint({{"search_text", "\"{}, \""}}), StartsWith("search_text:"));
    CHECK_THAT(complaint({{"min_duration_ms", "6"}, {"max_duration_ms", "5"}}),
               StartsWith("min_duration_ms:"));
    CHECK_THAT(
        complaint({{"start_time", "2026-01-31T12:00:00Z"}, {"end_time", "2026-01-31T12:00:00Z"}}),
        StartsWith("start_time:"));
    for (const auto* page : {"0", "2001", "x"}) {
        CHECK_THAT(complaint({{"page", page}}), StartsWith("page:"));
    }
    CHECK_THAT(complaint({{"start_time", "yesterday"}}), StartsWith("start_time:"));
    CHECK_THAT(complaint({{"end_time", "tomorrow"}}), StartsWith("end_time:"));
    for (const auto* size : {"0", "501", "-1", "1.5", "x", "5x", " 5", "99999999999"}) {
        CHECK_THAT(complaint({{"page_size", size}}), StartsWith("page_size:"));
    }
}

TEST_CASE_METHOD(queried, "everything that is wrong is told at once", "[api][query]") {
    const auto all = complaint({{"status", "x"}, {"page_size", "0"}, {"session_id", "y"}});
    CHECK_THAT(all, Contains("status:") && Contains("page_size:") && Contains("session_id:"));
}

TEST_CASE_METHOD(queried, "a cursor goes on in the range where its walk began", "[api][query]") {
    const auto asked = ask({{"status", "error"}}).value();
    const page_cursor cursor{uuid::random(), now - 45min};
    const auto text = print_cursor(cursor, asked.tag);
    const auto filter = read({{"status", "error"}, {"cursor", text}}).value();
    CHECK(filter.before == cursor.before);
    CHECK(filter.from == cursor.from);
    CHECK_THAT(complaint({{"status", "timeout"}, {"cursor", text}}), StartsWith("cursor:"));
    CHECK_THAT(complaint({{"status", "error"}, {"cursor", text}, {"page", "2"}}),
               StartsWith("page:"));
}

TEST_CASE_METHOD(queried, "a list may come without bodies", "[api][query]") {
    CHECK(read({}).value().with_bodies);
    CHECK(read({{"bodies", "true"}}).value().with_bodies);
    CHECK_FALSE(read({{"bodies", "false"}}).value().with_bodies);
    CHECK_THAT(complaint({{"bodies", "none"}}), StartsWith("bodies:"));
}

TEST_CASE_METHOD(queried, "durations are read in seconds, too", "[api][query]") {
    const auto filter =
        read({{"min_execution_time", "0.25"}, {"max_execution_time", "86400"}}).value();
    CHECK(filter.shortest == 250ms);
    CHECK(filter.longest == 24h);
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
