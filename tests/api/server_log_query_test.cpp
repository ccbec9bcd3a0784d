#include "api/server_log_query.hpp"

#include "api/page_cursor.hpp"
#include "tests/api/queried.hpp"

using namespace orch;
using namespace orch::api;
using namespace std::chrono_literals;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;

namespace {

struct log_queried : test::queried {
    result<server_log_query> ask(net::header_list query) {
        in.request.query = std::move(query);
        return read_server_log_query(in, now);
    }
    storage::server_log_filter read(net::header_list query) {
        return ask(std::move(query)).value().filter;
    }
};

} // namespace

TEST_CASE_METHOD(log_queried, "a project alone asks for the lines of its last day",
                 "[api][query]") {
    const auto filter = read({});
    CHECK(filter.project == home.id);
    CHECK(filter.from == now - 24h);
    CHECK(filter.to > now);
    CHECK(filter.servers.empty());
    CHECK(filter.levels.empty());
    CHECK(filter.categories.empty());
    CHECK(filter.search.empty());
    CHECK_FALSE(filter.before);
    CHECK(filter.limit == 100);
}

TEST_CASE_METHOD(log_queried, "every filter of lines is read", "[api][query]") {
    const auto gone = server_id::random();
    const auto filter = read({{"level", "error"},
                              {"level", "warning"},
                              {"category", "crash"},
                              {"category", ""},
                              {"server_id", "files"},
                              {"server_id", gone.to_string()},
                              {"search_text", "No such FILE"},
                              {"time_range", "7d"},
                              {"limit", "500"}});
    CHECK(filter.levels == std::vector{model::log_level::error, model::log_level::warning});
    CHECK(filter.categories == std::vector{model::log_category::crash});
    // A server that is gone still has lines.
    CHECK(filter.servers == std::vector{files.definition.id, gone});
    CHECK(filter.search == "no such file");
    CHECK(filter.from == now - 168h);
    CHECK(filter.limit == 500);
}

TEST_CASE_METHOD(log_queried, "everything wrong about a query of lines is told by its name",
                 "[api][query]") {
    for (const auto& [name, value] : net::header_list{{"level", "critical"},
                                                      {"category", "tool"},
                                                      {"server_id", "nobody"},
                                                      {"time_range", "2h"},
                                                      {"start_time", "yesterday"},
                                                      {"end_time", "2026-01-31"},
                                                      {"search_text", "{}"},
                                                      {"search_text", std::string(1'001, 'x')},
                                                      {"limit", "0"},
                                                      {"limit", "501"},
                                                      {"limit", "ten"},
                                                      {"cursor", "x"}}) {
        CHECK_THAT(complaint(ask({{name, value}})), StartsWith(name + ": "));
    }
    const auto all = complaint(ask({{"level", "x"}, {"category", "y"}, {"limit", "z"}}));
    CHECK_THAT(all, Contains("level:") && Contains("category:") && Contains("limit:"));
}

TEST_CASE_METHOD(log_queried, "the server of the path is the only one, and must be there",
                 "[api][query]") {
    in.path.add("server", "files");
    CHECK(read({{"server_id", "mail"}}).servers == std::vector{files.definition.id});
    in.path = {};
    in.path.add("server", "nobody");
    const auto none = ask({{"level", "wrong"}});
    REQUIRE_FALSE(none.has_value());
    CHECK(none.error().code == errc::not_found);
}

TEST_CASE_METHOD(log_queried, "administrators read all projects, or one", "[api][query]") {
    in.project = nullptr;
    CHECK_FALSE(read({}).project);
    CHECK(read({{"project_id", "away"}}).project == away.id);
    const auto gone = project_id::random();
    CHECK(read({{"project_id", gone.to_string()}}).project == gone);
    CHECK(read({{"project_id", "home"}, {"server_id", "files"}}).servers ==
          std::vector{files.definition.id});
    CHECK_THAT(complaint(ask({{"project_id", "nowhere"}})), StartsWith("project_id: "));
    CHECK_THAT(complaint(ask({{"server_id", "files"}})), StartsWith("server_id: "));
}

TEST_CASE_METHOD(log_queried, "a cursor of lines goes on in its own walk only", "[api][query]") {
    const auto asked = ask({{"level", "error"}}).value();
    const page_cursor place{uuid::random(), now - 25h};
    const auto text = print_cursor(place, asked.tag);
    const auto filter = read({{"level", "error"}, {"cursor", text}, {"limit", "7"}});
    CHECK(filter.before == place.before);
    CHECK(filter.from == place.from);
    CHECK_THAT(complaint(ask({{"level", "info"}, {"cursor", text}})), StartsWith("cursor: "));
    in.path.add("server", "files");
    CHECK_THAT(complaint(ask({{"level", "error"}, {"cursor", text}})), StartsWith("cursor: "));
    in.path = {};
    in.project = nullptr;
    CHECK_THAT(complaint(ask({{"level", "error"}, {"cursor", text}})), StartsWith("cursor: "));
}
