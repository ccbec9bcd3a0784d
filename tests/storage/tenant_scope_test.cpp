#include "storage/call_log_metrics.hpp"
#include "storage/server_log_store.hpp"
#include "storage/session_query.hpp"
#include "storage/session_store.hpp"
#include "tests/storage/call_samples.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/database_fixture.hpp"

using namespace orch;
using namespace orch::storage;
using namespace orch::test;
using namespace std::chrono_literals;

namespace {

/// A call, a session and a line of a server's log, all of one project.
struct tenant {
    explicit tenant(database_fixture& database)
        : call(sample_call(project_id::random(), sample_noon())) {
        call.server = server_id::random();
        session.id = session_id::random();
        session.instance = instance_id::random();
        session.project = call.project;
        session.server = call.server;
        session.connected_at = session.last_activity = sample_noon();
        database.run([&](pqxx::connection& live) {
            REQUIRE(insert_calls(live, {call}).inserted == 1);
            save_sessions(live, {session});
            insert_server_log(live, {{call.id, call.project, call.server, model::log_level::info,
                                      model::log_category::output, "said"}});
        });
    }

    model::call_record call;
    model::client_session session;
};

struct found_rows {
    std::size_t calls = 0;
    std::size_t measured = 0;
    std::size_t single = 0;
    std::size_t sessions = 0;
    std::size_t session = 0;
    std::size_t lines = 0;
    std::size_t counted = 0;
    friend bool operator==(const found_rows&, const found_rows&) = default;
};

/// What every query for rows finds of `of` when it asks for `project`.
found_rows look(database_fixture& database, const project_id& project, const tenant& of) {
    found_rows found;
    call_filter filter;
    filter.project = project;
    filter.from = sample_noon() - 24h;
    filter.to = sample_noon() + 24h;
    database.run([&](pqxx::connection& live) {
        found.calls = query_calls(live, filter).records.size();
        found.measured = measure_calls(live, filter).total;
        found.single = find_call(live, project, of.call.id) ? 1 : 0;
        found.sessions = query_sessions(live, {project, session_state::all, filter.from, filter.to})
                             .sessions.size();
        found.session = find_session(live, project, of.session.id) ? 1 : 0;
        found.lines = query_server_log(live,
                                       {project, filter.from, filter.to, {}, {}, {of.call.server}})
                          .entries.size();
        for (const auto& count :
             summarise_server_log(live, {project, filter.from, filter.to}).counts) {
            found.counted += count.lines;
        }
    });
    return found;
}

} // namespace

TEST_CASE("V-15: rows are found by their own project and by no other", "[storage][tenants]") {
    database_fixture database;
    const tenant north(database);
    const tenant south(database);
    CHECK(look(database, north.call.project, north) == found_rows{1, 1, 1, 1, 1, 1, 1});
    CHECK(look(database, north.call.project, south) == found_rows{1, 1, 0, 1, 0, 0, 1});
    // A query that forgot to say whose rows it wants finds none.
    CHECK(look(database, {}, north) == found_rows{});
    CHECK(look(database, project_id::random(), north) == found_rows{});
}
