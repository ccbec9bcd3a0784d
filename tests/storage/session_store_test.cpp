#include "storage/session_store.hpp"
#include "tests/storage/call_samples.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/database_fixture.hpp"

using namespace orch;
using namespace orch::storage;
using namespace orch::test;
using namespace std::chrono_literals;

namespace {

model::client_session sample_session(const project_id& project) {
    model::client_session out;
    out.id = session_id::random();
    out.instance = instance_id::random();
    out.project = project;
    out.server = server_id::random();
    out.path = model::entry_path::unified_sse;
    out.caller = {out.id, "key:2", "client", "3", "roo", "10.0.0.1", "Roo/3"};
    out.protocol_version = "2025-06-18";
    out.connected_at = sample_noon();
    out.last_activity = sample_noon() + 3s;
    out.total_calls = 5;
    out.successful_calls = 3;
    out.failed_calls = 2;
    return out;
}

std::vector<model::client_session> list(database_fixture& database, const project_id& project,
                                        int limit = 10) {
    std::vector<model::client_session> out;
    database.run([&](pqxx::connection& live) { out = list_sessions(live, project, limit); });
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

TEST_CASE("sessions are listed newest first up to the limit", "[storage][session]") {
    database_fixture database;
    const auto project = project_id::random();
    auto older = sample_session(project);
    auto newer = sample_session(project);
    newer.connected_at += 1s;
    const auto foreign = sample_session(project_id::random());
    database.run([&](pqxx::connection& live) { save_sessions(live, {newer, older, foreign}); });
    REQUIRE(list(database, project).size() == 2);
    const auto one = list(database, project, 1);
    REQUIRE(one.size() == 1);
    CHECK(one[0].id == newer.id);
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

TEST_CASE("a server's log comes back newest first", "[storage][session]") {
    database_fixture database;
    uuid_sequence sequence;
    const auto project = project_id::random();
    const auto server = server_id::random();
    const auto entry = [&](model::log_level level, model::log_category category, std::string text) {
        return model::server_log_entry{sequence.next(), project,  server,
                                       level,           category, std::move(text)};
    };
    const std::vector entries{
        entry(model::log_level::error, model::log_category::crash, std::string{"a\0b", 3}),
        entry(model::log_level::debug, model::log_category::refresh, "second")};
    std::vector<model::server_log_entry> got;
    database.run([&](pqxx::connection& live) {
        insert_server_log(live, entries);
        insert_server_log(live, entries);
        got = list_server_log(live, project, server, {10});
        CHECK(list_server_log(live, project_id::random(), server, {10}).empty());
        CHECK(list_server_log(live, project, server, {1}).size() == 1);
        CHECK(list_server_log(live, project, server, {10, model::log_level::info}).empty());
        const auto crashes = list_server_log(
            live, project, server, {10, model::log_level::error, model::log_category::crash});
        REQUIRE(crashes.size() == 1);
        CHECK(crashes[0].id == entries[0].id);
    });
    REQUIRE(got.size() == 2);
    CHECK(got[0].id == entries[1].id);
    CHECK(got[0].level == model::log_level::debug);
    CHECK(got[0].category == model::log_category::refresh);
    CHECK(got[1].level == model::log_level::error);
    CHECK(got[1].category == model::log_category::crash);
    CHECK(got[1].message == "a\xEF\xBF\xBD"
                            "b");
}
