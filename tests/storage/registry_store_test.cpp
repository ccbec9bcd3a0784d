#include "storage/registry_store.hpp"

#include "storage/key_store.hpp"
#include "storage/people_store.hpp"
#include "storage/project_store.hpp"
#include "storage/team_store.hpp"
#include "storage/transact.hpp"
#include "tests/storage/call_samples.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/database_fixture.hpp"

#include <pqxx/transaction_base>

using namespace orch;
using namespace orch::storage;
using namespace orch::test;
using namespace std::chrono_literals;

namespace {

model::server_status unknown_status(const server_id& server) {
    model::server_status out;
    out.id = server;
    return out;
}

struct registry_fixture : database_fixture {
    model::project project;

    registry_fixture() {
        project.id = project_id::random();
        project.name = "shop";
        project.display_name = "Shop";
        project.description = "what we sell";
        project.unified_enabled = false;
        project.auth_required = false;
        project.allowed_ip_ranges = {ip_range::parse("10.0.0.0/8").value(),
                                     ip_range::parse("2001:db8::/32").value()};
        project.naming = model::naming_mode::on_collision;
        project.retention_days = 90;
        project.created_at = sample_noon();
        project.updated_at = sample_noon() + 1us;
        project.aliases = {"store", "läden"};
        in_transaction([this](pqxx::transaction_base& work) { insert_project(work, project); });
    }
    stored_server server(const std::string& name) const {
        stored_server out;
        auto& definition = out.definition;
        definition.id = server_id::random();
        definition.project = project.id;
        definition.name = name;
        definition.display_name = "Dîsplay \"name\"";
        definition.description = "what it does";
        definition.kind = model::transport::streamable_http;
        definition.command = "npx";
        definition.args = {"-y",   "",     "a \"quoted\" \\ {one},",
                           "NULL", "ü",    ";a;b",
                           "'c",   "d'e'", "\\",
                           "null", "\"",   ",",
                           "{}",   "\n",   "f\\\"g"};
        definition.cwd = "/srv";
        definition.url = "https://example.org/mcp";
        definition.call_timeout = 12'345ms;
        definition.enabled = false;
        definition.auth_required = false;
        definition.policy = {model::process_policy::kind::pool, 9};
        definition.created_at = sample_noon();
        definition.updated_at = sample_noon() + 5s;
        out.sealed_env = std::string{"\0\xFFsealed", 8};
        out.sealed_headers = "headers";
        out.aliases = {"old name", "Älter"};
        out.status.id = definition.id;
        return out;
    }
    void save(const std::vector<stored_server>& servers) {
        in_transaction([&](pqxx::transaction_base& work) { save_servers(work, servers); });
    }
    void in_transaction(const std::function<void(pqxx::transaction_base&)>& change) {
        run([&](pqxx::connection& live) {
            const auto done = transact(live, [&](pqxx::transaction_base& work) -> result<void> {
                change(work);
                return {};
            });
            REQUIRE(done.has_value());
        });
    }
    stored_registry load() {
        stored_registry out;
        run([&](pqxx::connection& live) { out = load_registry(live); });
        return out;
    }
};

} // namespace

TEST_CASE_METHOD(registry_fixture, "a project comes back with every field", "[storage][registry]") {
    const auto got = load().projects;
    REQUIRE(got.size() == 1);
    CHECK(got[0].id == project.id);
    CHECK(got[0].name == "shop");
    CHECK(got[0].display_name == "Shop");
    CHECK(got[0].description == "what we sell");
    CHECK_FALSE(got[0].unified_enabled);
    CHECK_FALSE(got[0].auth_required);
    CHECK(got[0].allowed_ip_ranges == project.allowed_ip_ranges);
    CHECK(got[0].naming == model::naming_mode::on_collision);
    CHECK(got[0].aliases == project.aliases);
    CHECK(got[0].retention_days == 90);
    CHECK(got[0].created_at == project.created_at);
    CHECK(got[0].updated_at == project.updated_at);
}

TEST_CASE_METHOD(registry_fixture, "a second project of the same name is a conflict",
                 "[storage][registry]") {
    session live{options()};
    auto twin = project;
    twin.id = project_id::random();
    const auto outcome = live.run([&](pqxx::connection& connection) {
        static_cast<void>(transact(connection, [&](pqxx::transaction_base& work) -> result<void> {
            insert_project(work, twin);
            return {};
        }));
    });
    REQUIRE(outcome.has_error());
    CHECK(outcome.error().code == errc::conflict);
}

TEST_CASE_METHOD(registry_fixture, "a server comes back with every field", "[storage][registry]") {
    const auto sent = server("files");
    save({sent});
    const auto got = load().servers.at(0);
    const auto& definition = got.definition;
    CHECK(definition.id == sent.definition.id);
    CHECK(definition.project == project.id);
    CHECK(definition.name == "files");
    CHECK(definition.display_name == sent.definition.display_name);
    CHECK(definition.description == sent.definition.description);
    CHECK(definition.kind == sent.definition.kind);
    CHECK(definition.command == "npx");
    CHECK(definition.args == sent.definition.args);
    CHECK(definition.cwd == "/srv");
    CHECK(definition.url == sent.definition.url);
    CHECK(definition.call_timeout == 12'345ms);
    CHECK(definition.auth_required == false);
    CHECK(model::to_string(definition.policy) == "pool(9)");
    CHECK_FALSE(definition.enabled);
    CHECK(definition.created_at == sent.definition.created_at);
    CHECK(definition.updated_at == sent.definition.updated_at);
    CHECK(got.sealed_env == sent.sealed_env);
    CHECK(got.sealed_headers == sent.sealed_headers);
    CHECK(got.aliases == sent.aliases);
    CHECK(got.status.id == sent.definition.id);
    CHECK(got.status.state == model::server_state::unknown);
}

TEST_CASE_METHOD(registry_fixture, "saving a server again replaces it, an alias may move",
                 "[storage][registry]") {
    auto first = server("first");
    auto second = server("second");
    second.aliases = {};
    save({first, second});
    std::swap(first.aliases, second.aliases);
    first.definition.name = "renamed";
    save({second, first});
    const auto got = load().servers;
    REQUIRE(got.size() == 2);
    for (const auto& found : got) {
        const bool is_first = found.definition.id == first.definition.id;
        CHECK(found.definition.name == (is_first ? "renamed" : "second"));
        CHECK(found.aliases == (is_first ? first.aliases : second.aliases));
    }
}

TEST_CASE_METHOD(registry_fixture, "status, lists and introduction come back and are replaced",
                 "[storage][registry]") {
    const auto owner = server("files");
    save({owner});
    auto status = unknown_status(owner.definition.id);
    status.state = model::server_state::online;
    status.tools_count = 2;
    status.last_error = "was off";
    status.last_checked = sample_noon();
    status.last_used = sample_noon() + 1s;
    status.probed_launch = "c0ffee";
    status.needs_client = true;
    const std::vector<model::listed_item> tools{{"z", "{\"name\":\"z\",\"a\":1.0,\"a\":2}"},
                                                {"a", std::string{"\xFF\0", 2}}};
    run([&](pqxx::connection& live) {
        save_items(live, owner.definition.id, model::list_kind::tools, {{"gone", "{}"}});
        save_items(live, owner.definition.id, model::list_kind::resources, {{"a://b", "{}"}});
        save_introduction(live, owner.definition.id, {"{}", "old"});
        save_status(live, unknown_status(owner.definition.id));
        save_items(live, owner.definition.id, model::list_kind::tools, tools);
        save_introduction(live, owner.definition.id, {"{\"tools\":{}}", "now"});
        save_status(live, status);
    });
    const auto got = load().servers.at(0);
    CHECK(got.status.state == model::server_state::online);
    CHECK(got.status.tools_count == 2);
    CHECK(got.status.last_error == "was off");
    CHECK(got.status.last_checked == status.last_checked);
    CHECK_FALSE(got.status.last_connected);
    CHECK(got.status.last_used == status.last_used);
    CHECK(got.status.probed_launch == "c0ffee");
    CHECK(got.status.needs_client);
    const auto& listed = got.lists[model::index_of(model::list_kind::tools)];
    REQUIRE(listed.size() == 2);
    CHECK(listed[0].name == "z");
    CHECK(listed[0].definition == tools[0].definition);
    CHECK(listed[1].definition == tools[1].definition);
    CHECK(got.lists[model::index_of(model::list_kind::resources)].at(0).name == "a://b");
    REQUIRE(got.introduction);
    CHECK(*got.introduction == model::server_introduction{"{\"tools\":{}}", "now"});
}

TEST_CASE_METHOD(registry_fixture, "news of a deleted server is ignored", "[storage][registry]") {
    const auto deleted = server_id::random();
    run([&](pqxx::connection& live) {
        save_status(live, unknown_status(deleted));
        save_items(live, deleted, model::list_kind::tools, {{"a", "{}"}});
        save_introduction(live, deleted, {"{}", ""});
    });
    CHECK(value("SELECT count(*) FROM server_status") == "0");
}

TEST_CASE_METHOD(registry_fixture, "a key comes back with every field", "[storage][registry]") {
    model::api_key sent;
    sent.id = key_id::random();
    sent.project = project.id;
    sent.name = "ci";
    sent.sha256 = std::string(32, '\0');
    sent.prefix = "mch_abcd";
    sent.suffix = "wxyz";
    sent.description = "for the pipeline";
    sent.active = false;
    sent.quarantined = true;
    sent.expires_at = sample_noon() + 1h;
    sent.created_at = sample_noon();
    sent.scope = {false,
                  {server_id::random()},
                  {"echo", "a, \"b\""},
                  {ip_range::parse("192.0.2.0/24").value()},
                  {"cursor"}};
    sent.limits = {10, 1'000, 2};
    sent.rotated_from = key_id::random();
    in_transaction([&](pqxx::transaction_base& work) { insert_key(work, sent); });
    const auto got = load().keys.at(0);
    CHECK(got.id == sent.id);
    CHECK(got.project == sent.project);
    CHECK(got.name == "ci");
    CHECK(got.sha256 == sent.sha256);
    CHECK(got.prefix == "mch_abcd");
    CHECK(got.suffix == "wxyz");
    CHECK(got.description == "for the pipeline");
    CHECK(got.quarantined);
    CHECK_FALSE(got.scope.may_call);
    CHECK(got.scope.servers == sent.scope.servers);
    CHECK(got.scope.tools == sent.scope.tools);
    CHECK(got.scope.ip_ranges == sent.scope.ip_ranges);
    CHECK(got.scope.client_types == sent.scope.client_types);
    CHECK(got.limits.calls_per_minute == 10);
    CHECK(got.limits.calls_per_day == 1'000);
    CHECK(got.limits.calls_at_once == 2);
    CHECK(got.rotated_from == sent.rotated_from);
    CHECK_FALSE(got.active);
    CHECK(got.expires_at == sent.expires_at);
    CHECK(got.created_at == sent.created_at);
}

TEST_CASE_METHOD(registry_fixture, "a changed key keeps its hash, project and creation",
                 "[storage][registry]") {
    model::api_key key;
    key.id = key_id::random();
    key.project = project.id;
    key.name = "ci";
    key.sha256 = std::string(32, 'h');
    key.created_at = sample_noon();
    in_transaction([&](pqxx::transaction_base& work) { insert_key(work, key); });
    auto changed = key;
    changed.name = "release";
    changed.sha256 = std::string(32, 'x');
    changed.quarantined = true;
    changed.scope.tools = {"echo"};
    changed.expires_at = sample_noon() + 1h;
    in_transaction([&](pqxx::transaction_base& work) { update_key(work, changed); });
    const auto got = load().keys.at(0);
    CHECK(got.name == "release");
    CHECK(got.quarantined);
    CHECK(got.scope.tools == changed.scope.tools);
    CHECK(got.expires_at == changed.expires_at);
    CHECK(got.sha256 == key.sha256);
    CHECK(got.created_at == key.created_at);
    in_transaction([&](pqxx::transaction_base& work) { delete_key(work, key.id); });
    CHECK(load().keys.empty());
}

TEST_CASE_METHOD(registry_fixture, "the newest use of a key is kept", "[storage][registry]") {
    model::api_key key;
    key.id = key_id::random();
    key.project = project.id;
    key.sha256 = std::string(32, 'h');
    key.created_at = sample_noon();
    in_transaction([&](pqxx::transaction_base& work) { insert_key(work, key); });
    run([&](pqxx::connection& live) {
        save_key_uses(live, {{key.id, sample_noon() + 2s, "192.0.2.2"},
                             {key.id, sample_noon() + 1s, "192.0.2.1"},
                             {key_id::random(), sample_noon(), "192.0.2.3"}});
    });
    const auto got = load().keys.at(0);
    CHECK(got.last_used_at == sample_noon() + 2s);
    CHECK(got.last_used_ip == "192.0.2.2");
}

TEST_CASE_METHOD(registry_fixture, "a range that cannot be read holds nobody",
                 "[storage][registry]") {
    in_transaction([](pqxx::transaction_base& work) {
        work.exec0("UPDATE projects SET allowed_ip_ranges = '{nonsense}'");
    });
    const auto ranges = load().projects.at(0).allowed_ip_ranges;
    REQUIRE(ranges.size() == 1);
    CHECK_FALSE(allows(ranges, "127.0.0.1"));
    CHECK_FALSE(allows(ranges, "::1"));
}

TEST_CASE_METHOD(registry_fixture, "a tool stays switched off when its server is saved again",
                 "[storage][registry]") {
    const auto sent = server("files");
    save({sent});
    in_transaction([&](pqxx::transaction_base& work) {
        save_switch(work, sent.definition.id, {"rm", true, sample_noon(), sample_noon()});
        save_switch(work, sent.definition.id,
                    {"rm", false, sample_noon() + 1h, sample_noon() + 1h});
        save_switch(work, sent.definition.id, {"ls", false, sample_noon(), sample_noon()});
        delete_switch(work, sent.definition.id, "ls");
    });
    save({sent});
    const auto switches = load().servers.at(0).switches;
    REQUIRE(switches.size() == 1);
    CHECK(switches[0].tool == "rm");
    CHECK_FALSE(switches[0].enabled);
    CHECK(switches[0].created_at == sample_noon());
    CHECK(switches[0].updated_at == sample_noon() + 1h);
    in_transaction([&](pqxx::transaction_base& work) { delete_server(work, sent.definition.id); });
    CHECK(load().servers.empty());
}

TEST_CASE_METHOD(registry_fixture, "a team comes back with its members", "[storage][registry]") {
    model::user user;
    user.id = user_id::random();
    user.email = "ada@example.org";
    user.created_at = user.updated_at = sample_noon();
    const model::team team{team_id::random(), "Tools",       "tools",      "who builds",
                           user.id,           sample_noon(), sample_noon()};
    const model::team_member member{member_id::random(), team.id, user.id,
                                    model::role::owner,  {},      sample_noon()};
    in_transaction([&](pqxx::transaction_base& work) {
        insert_user(work, user, "");
        insert_team(work, team);
        insert_team_member(work, member);
        insert_member(work, {member_id::random(),
                             project.id,
                             user.id,
                             model::role::reporter,
                             model::invitation::team_member,
                             {},
                             sample_noon(),
                             team.id});
    });
    auto got = load();
    REQUIRE(got.teams.size() == 1);
    CHECK(got.teams[0].slug == "tools");
    CHECK(got.teams[0].description == "who builds");
    CHECK(got.teams[0].created_by == user.id);
    REQUIRE(got.team_members.size() == 1);
    CHECK(got.team_members[0].role == model::role::owner);
    CHECK(got.members.at(0).team == team.id);
    in_transaction([&](pqxx::transaction_base& work) {
        update_team_member_role(work, member.id, model::role::developer);
        delete_team(work, team.id);
    });
    got = load();
    CHECK(got.teams.empty());
    CHECK(got.team_members.empty());
    CHECK(got.members.at(0).team.is_nil());
}
