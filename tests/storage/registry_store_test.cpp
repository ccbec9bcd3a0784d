#include "storage/registry_store.hpp"
#include "storage/transact.hpp"
#include "tests/storage/call_samples.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/database_fixture.hpp"

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
    model::project project{
        project_id::random(), "shop", "Shop", "what we sell", {}, false, 90, sample_noon(),
        sample_noon() + 1us};

    registry_fixture() {
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

TEST_CASE_METHOD(registry_fixture, "status and tools come back and are replaced",
                 "[storage][registry]") {
    const auto owner = server("files");
    save({owner});
    auto status = unknown_status(owner.definition.id);
    status.state = model::server_state::online;
    status.tools_count = 2;
    status.last_error = "was off";
    status.last_checked = sample_noon();
    status.last_used = sample_noon() + 1s;
    const std::vector<model::tool> tools{{"z", "{\"name\":\"z\",\"a\":1.0,\"a\":2}"},
                                         {"a", std::string{"\xFF\0", 2}}};
    run([&](pqxx::connection& live) {
        save_tools(live, owner.definition.id, {{"gone", "{}"}});
        save_status(live, unknown_status(owner.definition.id));
        save_tools(live, owner.definition.id, tools);
        save_status(live, status);
    });
    const auto got = load().servers.at(0);
    CHECK(got.status.state == model::server_state::online);
    CHECK(got.status.tools_count == 2);
    CHECK(got.status.last_error == "was off");
    CHECK(got.status.last_checked == status.last_checked);
    CHECK_FALSE(got.status.last_connected);
    CHECK(got.status.last_used == status.last_used);
    REQUIRE(got.tools.size() == 2);
    CHECK(got.tools[0].name == "z");
    CHECK(got.tools[0].definition == tools[0].definition);
    CHECK(got.tools[1].definition == tools[1].definition);
}

TEST_CASE_METHOD(registry_fixture, "news of a deleted server is ignored", "[storage][registry]") {
    const auto deleted = server_id::random();
    run([&](pqxx::connection& live) {
        save_status(live, unknown_status(deleted));
        save_tools(live, deleted, {{"a", "{}"}});
    });
    CHECK(value("SELECT count(*) FROM server_status") == "0");
}

TEST_CASE_METHOD(registry_fixture, "a key comes back with every field", "[storage][registry]") {
    const model::api_key sent{key_id::random(),      project.id,   "ci",
                              std::string(32, '\0'), "orch_abc",   false,
                              sample_noon() + 1h,    sample_noon()};
    in_transaction([&](pqxx::transaction_base& work) { insert_key(work, sent); });
    const auto got = load().keys.at(0);
    CHECK(got.id == sent.id);
    CHECK(got.project == sent.project);
    CHECK(got.name == "ci");
    CHECK(got.sha256 == sent.sha256);
    CHECK(got.prefix == "orch_abc");
    CHECK_FALSE(got.active);
    CHECK(got.expires_at == sent.expires_at);
    CHECK(got.created_at == sent.created_at);
}
