#include "api/session_query.hpp"

#include "api/page_cursor.hpp"
#include "tests/api/queried.hpp"

using namespace orch;
using namespace orch::api;
using namespace std::chrono_literals;
using Catch::Matchers::StartsWith;
using storage::session_state;

namespace {

struct session_queried : test::queried {
    result<session_query> ask(net::header_list query) {
        in.request.query = std::move(query);
        return read_session_query(in, now);
    }
    storage::session_filter read(net::header_list query) {
        return ask(std::move(query)).value().filter;
    }
};

} // namespace

TEST_CASE_METHOD(session_queried, "a project alone asks for all of its sessions", "[api][query]") {
    const auto filter = read({});
    CHECK(filter.project == home.id);
    CHECK(filter.state == session_state::all);
    CHECK(filter.from.time_since_epoch() == 0s);
    CHECK(filter.to > now);
    CHECK(filter.limit == 50);
}

TEST_CASE_METHOD(session_queried, "every filter of sessions is read", "[api][query]") {
    const auto filter = read({{"state", "live"},
                              {"client_type", "cursor"},
                              {"client_type", "unknown"},
                              {"principal", "key:7"},
                              {"server_id", "files"},
                              {"time_range", "1h"},
                              {"limit", "3"}});
    CHECK(filter.state == session_state::live);
    CHECK(filter.client_types == std::vector<std::string>{"cursor", "unknown"});
    CHECK(filter.principal == "key:7");
    CHECK(filter.server == files.definition.id);
    CHECK(filter.from == now - 1h);
    CHECK(filter.limit == 3);
    CHECK(read({{"state", "ended"}}).state == session_state::ended);
}

TEST_CASE_METHOD(session_queried, "everything wrong about a query of sessions is told by its name",
                 "[api][query]") {
    for (const auto& [name, value] : net::header_list{{"state", "open"},
                                                      {"client_type", "browser"},
                                                      {"principal", std::string(1'001, 'x')},
                                                      {"server_id", "nobody"},
                                                      {"time_range", "1w"},
                                                      {"start_time", "1"},
                                                      {"limit", "501"},
                                                      {"cursor", "x"}}) {
        CHECK_THAT(complaint(ask({{name, value}})), StartsWith(name + ": "));
    }
}

TEST_CASE_METHOD(session_queried, "a cursor of sessions goes on in its own walk only",
                 "[api][query]") {
    const auto asked = ask({{"state", "live"}}).value();
    const page_cursor place{uuid::random(), now - 1h};
    const auto text = print_cursor(place, asked.tag);
    const auto filter = read({{"state", "live"}, {"cursor", text}});
    CHECK(filter.before == session_id{place.before});
    CHECK(filter.from == place.from);
    CHECK_THAT(complaint(ask({{"state", "all"}, {"cursor", text}})), StartsWith("cursor: "));
}
