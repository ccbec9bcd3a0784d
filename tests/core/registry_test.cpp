#include "core/model/registry.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/registry_of.hpp"

using namespace orch;
using namespace orch::model;
using orch::test::registry_of;

namespace {

project named_project(const std::string& name) {
    project row;
    row.id = project_id::random();
    row.name = name;
    return row;
}

server_entry named_server(const project& owner, const std::string& name,
                          std::vector<std::string> aliases = {}) {
    server_entry entry;
    entry.definition.id = server_id::random();
    entry.definition.project = owner.id;
    entry.definition.name = name;
    entry.aliases = std::move(aliases);
    return entry;
}

std::string name_of(const server_entry* entry) {
    return entry == nullptr ? "(none)" : entry->definition.name;
}

} // namespace

TEST_CASE("an empty registry knows nothing", "[core][registry]") {
    const registry empty;
    CHECK(empty.find_project("default") == nullptr);
    CHECK(empty.find_project(project_id{}) == nullptr);
    CHECK(empty.find_server(server_id{}) == nullptr);
    CHECK(empty.find_server(project_id{}, "x") == nullptr);
    CHECK(empty.find_key("") == nullptr);
}

TEST_CASE("a project is found by id in any spelling, and by its exact name", "[core][registry]") {
    const auto row = named_project("team");
    const auto all = registry_of({row, named_project("other")}, {}, {});
    CHECK(all.find_project(row.id)->name == "team");
    CHECK(all.find_project(row.id.to_string())->name == "team");
    CHECK(all.find_project(row.id.value.to_hex())->name == "team");
    CHECK(all.find_project("team")->id == row.id);
    CHECK(all.find_project("Team") == nullptr);
    CHECK(all.find_project("") == nullptr);
    CHECK(all.find_project(project_id::random().to_string()) == nullptr);
}

TEST_CASE("a server is found by id, name and alias within its project", "[core][registry]") {
    const auto home = named_project("home");
    const auto files = named_server(home, "files", {"My Files", "old/files"});
    const auto all = registry_of({home}, {files}, {});
    CHECK(name_of(all.find_server(files.definition.id)) == "files");
    CHECK(name_of(all.find_server(home.id, files.definition.id.to_string())) == "files");
    CHECK(name_of(all.find_server(home.id, "files")) == "files");
    CHECK(name_of(all.find_server(home.id, "My Files")) == "files");
    CHECK(name_of(all.find_server(home.id, "old/files")) == "files");
    CHECK(name_of(all.find_server(home.id, "my files")) == "(none)");
    CHECK(name_of(all.find_server(home.id, "")) == "(none)");
}

TEST_CASE("an alias never hides the server that bears the name now", "[core][registry]") {
    const auto home = named_project("home");
    const auto renamed = named_server(home, "a", {"z"});
    const auto present = named_server(home, "z", {"a"});
    for (const auto& servers : {std::vector{renamed, present}, std::vector{present, renamed}}) {
        const auto all = registry_of({home}, servers, {});
        CHECK(all.find_server(home.id, "z")->definition.id == present.definition.id);
        CHECK(all.find_server(home.id, "a")->definition.id == renamed.definition.id);
    }
}

TEST_CASE("nothing of one project is found through another", "[core][registry]") {
    const auto home = named_project("home");
    const auto away = named_project("away");
    const auto mine = named_server(home, "files", {"alias"});
    const auto theirs = named_server(away, "files");
    const auto all = registry_of({home, away}, {mine, theirs}, {});
    CHECK(all.find_server(home.id, "files")->definition.id == mine.definition.id);
    CHECK(all.find_server(away.id, "files")->definition.id == theirs.definition.id);
    CHECK(all.find_server(away.id, "alias") == nullptr);
    CHECK(all.find_server(away.id, mine.definition.id.to_string()) == nullptr);
    CHECK(all.find_server(home.id, mine.definition.id.to_string()) != nullptr);
}

TEST_CASE("a server whose name looks like an id is still found by that name", "[core][registry]") {
    const auto home = named_project("home");
    const auto odd = named_server(home, server_id::random().value.to_hex());
    const auto all = registry_of({home}, {odd}, {});
    CHECK(all.find_server(home.id, odd.definition.name) != nullptr);
}

TEST_CASE("the servers of a project come in the order of their names", "[core][registry]") {
    const auto home = named_project("home");
    const auto away = named_project("away");
    const auto all = registry_of(
        {home, away}, {named_server(home, "c"), named_server(away, "b"), named_server(home, "a")},
        {});
    const auto servers = all.servers_of(home.id);
    REQUIRE(servers.size() == 2);
    CHECK(name_of(servers[0]) == "a");
    CHECK(name_of(servers[1]) == "c");
    CHECK(all.servers_of(project_id::random()).empty());
}

TEST_CASE("a key is found by its digest, also when it is not active", "[core][registry]") {
    api_key key;
    key.id = key_id::random();
    key.sha256 = std::string(32, '\x01');
    key.active = false;
    const auto all = registry_of({}, {}, {key});
    REQUIRE(all.find_key(key.sha256) != nullptr);
    CHECK(all.find_key(key.sha256)->id == key.id);
    CHECK(all.find_key(std::string(32, '\x02')) == nullptr);
}

TEST_CASE("a project is found by its former names too", "[core][registry]") {
    project shop;
    shop.id = project_id::random();
    shop.name = "shop";
    shop.aliases = {"store", "lab"};
    project lab;
    lab.id = project_id::random();
    lab.name = "lab";
    const auto all = registry_of({shop, lab});
    REQUIRE(all.find_project("store") != nullptr);
    CHECK(all.find_project("store")->id == shop.id);
    CHECK(all.find_project("lab")->id == lab.id);
}

TEST_CASE("a tool is offered unless it is switched off", "[core][registry]") {
    server_entry entry;
    entry.switches = {{"rm", false, {}, {}}, {"ls", true, {}, {}}};
    CHECK_FALSE(entry.offers("rm"));
    CHECK(entry.offers("ls"));
    CHECK(entry.offers("cat"));
}

TEST_CASE("teams and their members are found", "[core][registry]") {
    const team tools{team_id::random(), "Tools", "tools", "", {}, {}, {}};
    const team_member ada{member_id::random(), tools.id, user_id::random(), role::owner, {}, {}};
    registry_contents contents;
    contents.teams = {tools};
    contents.team_members = {ada};
    const registry all(contents);
    REQUIRE(all.find_team("tools") != nullptr);
    CHECK(all.find_team(tools.id.to_string())->id == tools.id);
    CHECK(all.find_team("others") == nullptr);
    REQUIRE(all.find_member(tools.id, ada.user) != nullptr);
    CHECK(all.find_member(tools.id, user_id::random()) == nullptr);
    CHECK(all.members_of(tools.id).size() == 1);
}
