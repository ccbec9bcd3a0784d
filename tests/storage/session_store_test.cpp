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

std::vector<model::client_session> list(database_fixture& database, const project_id& project) {
    session_filter filter;
    filter.project = project;
    filter.from = sample_noon() - 1h;
    filter.to = sample_noon() + 1h;
    std::vector<model::client_session> out;
    database.run([&](pqxx::connection& live) { out = query_sessions(live, filter).sessions; });
    return out;
}

} // namespace

TEST_CASE("a session comes back with every field and is updated", "[storage][session]") {
    database_fixture database;
    auto sent = sample_session(project_id::random());
    database.run([&](pqxx::connection& live) { save_sessions(live, {sent}); });
    sent.total_calls = 6;
    sent.successful_calls = 4;
    sent.disconnected_at = sample_noon() + 9s;
    database.run([&](pqxx::connection& live) { save_sessions(live, {sent}); });
    const auto rows = list(database, sent.project);
    REQUIRE(rows.size() == 1);
    const auto& got = rows[0];
    CHECK(got.id == sent.id);
    CHECK(got.instance == sent.instance);
    CHECK(got.project == sent.project);
    CHECK(got.server == sent.server);
    CHECK(got.path == sent.path);
    CHECK(got.caller.session == sent.id);
    CHECK(got.caller.principal == "key:2");
    CHECK(got.caller.client_name == "client");
    CHECK(got.caller.client_version == "3");
    CHECK(got.caller.client_type == "roo");
    CHECK(got.caller.ip_address == "10.0.0.1");
    CHECK(got.caller.user_agent == "Roo/3");
    CHECK(got.protocol_version == "2025-06-18");
    CHECK(got.connected_at == sent.connected_at);
    CHECK(got.last_activity == sent.last_activity);
    CHECK(got.disconnected_at == sent.disconnected_at);
    CHECK(got.total_calls == 6);
    CHECK(got.successful_calls == 4);
    CHECK(got.failed_calls == 2);
}

TEST_CASE("open sessions of other instances end, those of this one stay", "[storage][session]") {
    database_fixture database;
    const auto project = project_id::random();
    const auto own = sample_session(project);
    const auto stale = sample_session(project);
    database.run([&](pqxx::connection& live) {
        save_sessions(live, {own, stale});
        close_stale_sessions(live, own.instance);
    });
    const auto rows = list(database, project);
    REQUIRE(rows.size() == 2);
    REQUIRE(rows[0].id != rows[1].id);
    for (const auto& got : rows) {
        CHECK((got.id == own.id || got.id == stale.id));
        CHECK(got.disconnected_at.has_value() == (got.id == stale.id));
    }
}
