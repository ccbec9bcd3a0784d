#include "actors/server_import.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/registry_of.hpp"

using namespace std::chrono_literals;
using namespace orch;
using actors::plan_import;
using test::registry_of;

namespace {

const auto project = project_id::random();
const auto now = std::chrono::system_clock::time_point{std::chrono::hours{500'000}};

mcp::imported_server given(const std::string& name, const std::string& command) {
    mcp::imported_server server;
    server.original_name = name;
    server.name = name;
    server.kind = model::transport::stdio;
    server.command = command;
    return server;
}

model::registry holding(std::vector<model::server_entry> servers) {
    model::project row;
    row.id = project;
    row.name = "p";
    return registry_of({row}, std::move(servers));
}

/// The registry after the plan was carried out.
model::registry after(const model::registry& before, const actors::import_plan& plan) {
    std::vector<model::server_entry> servers = plan.changed;
    for (const auto& old : before.servers()) {
        bool replaced = false;
        for (const auto& changed : plan.changed) {
            replaced = replaced || changed.definition.id == old.definition.id;
        }
        if (!replaced) {
            servers.push_back(old);
        }
    }
    return holding(std::move(servers));
}

result<void> allowed(const model::server_definition& /*server*/) { return {}; }

std::string outcome_of(const actors::import_plan& plan) {
    REQUIRE(plan.report.servers.size() == 1);
    return plan.report.servers.front().outcome;
}

} // namespace

TEST_CASE("S5: stored headers do not go along to another origin", "[actors]") {
    auto server = given("web", "");
    server.kind = model::transport::streamable_http;
    server.url = "https://one.example/mcp";
    server.headers = model::name_value_list{{"Authorization", "secret"}};
    const auto first = holding(plan_import(holding({}), project, {server}, now, allowed).changed);
    server.headers.reset();
    server.url = "https://one.example/other";
    auto plan = plan_import(first, project, {server}, now, allowed);
    CHECK(plan.changed.at(0).definition.headers.size() == 1);
    server.url = "https://two.example/mcp";
    plan = plan_import(first, project, {server}, now, allowed);
    CHECK(plan.changed.at(0).definition.headers.empty());
    server.headers = model::name_value_list{{"X", "y"}};
    plan = plan_import(first, project, {server}, now, allowed);
    CHECK(plan.changed.at(0).definition.headers == model::name_value_list{{"X", "y"}});
}

TEST_CASE("an export can be imported again, and changes no secret", "[actors]") {
    auto server = given("files", "npx");
    server.env = model::name_value_list{{"TOKEN", "secret"}, {"LEVEL", "debug"}};
    const auto first = holding(plan_import(holding({}), project, {server}, now, allowed).changed);
    const auto* const token = GENERATE("${TOKEN}", "${input:files-TOKEN}");
    server.env = model::name_value_list{{"TOKEN", token}, {"LEVEL", "info"}};
    const auto plan = plan_import(first, project, {server}, now, allowed);
    CHECK(plan.changed.at(0).definition.env ==
          model::name_value_list{{"TOKEN", "secret"}, {"LEVEL", "info"}});
    SECTION("where the value is not known, its place is kept, or asked for") {
        const auto elsewhere = plan_import(holding({}), project, {server}, now, allowed);
        if (token == std::string_view("${TOKEN}")) {
            CHECK(elsewhere.changed.at(0).definition.env == *server.env);
        } else {
            CHECK(elsewhere.changed.empty());
            CHECK(elsewhere.report.servers.at(0).error ==
                  "\"env.TOKEN\" needs the input \"files-TOKEN\"; put its value in its place");
        }
    }
    SECTION("a reference to another variable is a value") {
        server.env = model::name_value_list{{"TOKEN", "${HOME}"}};
        CHECK(plan_import(first, project, {server}, now, allowed).changed.at(0).definition.env ==
              model::name_value_list{{"TOKEN", "${HOME}"}});
    }
    SECTION("S5: a secret for one origin is not sent to another") {
        auto web = given("web", "");
        web.kind = model::transport::streamable_http;
        web.url = "https://one.example/mcp";
        web.headers = model::name_value_list{{"Authorization", "secret"}};
        const auto known = holding(plan_import(holding({}), project, {web}, now, allowed).changed);
        web.url = "https://two.example/mcp";
        web.headers = model::name_value_list{{"Authorization", "${Authorization}"}};
        CHECK(plan_import(known, project, {web}, now, allowed).changed.at(0).definition.headers ==
              *web.headers);
    }
}

TEST_CASE("an unknown server is created with what was given", "[actors]") {
    auto server = given("files", "npx");
    server.args = std::vector<std::string>{"-y", "files"};
    server.env = model::name_value_list{{"TOKEN", "x"}};
    const auto plan = plan_import(holding({}), project, {server}, now, allowed);
    CHECK(outcome_of(plan) == "created");
    REQUIRE(plan.changed.size() == 1);
    const auto& made = plan.changed.front();
    CHECK(made.definition.project == project);
    CHECK_FALSE(made.definition.id.is_nil());
    CHECK(made.definition.command == "npx");
    CHECK(made.definition.args == std::vector<std::string>{"-y", "files"});
    CHECK(made.definition.env == model::name_value_list{{"TOKEN", "x"}});
    CHECK(made.definition.created_at == now);
    CHECK(made.aliases.empty());
}

TEST_CASE("the same import twice changes and doubles nothing", "[actors]") {
    auto odd = given("My Server.v2", "node");
    odd.name = "My_Server_v2";
    const std::vector imported{given("files", "npx"), odd};
    const auto first = plan_import(holding({}), project, imported, now, allowed);
    const auto full = after(holding({}), first);
    REQUIRE(full.servers().size() == 2);
    const auto second = plan_import(full, project, imported, now + 1h, allowed);
    CHECK(second.changed.empty());
    for (const auto& outcome : second.report.servers) {
        CHECK(outcome.outcome == "unchanged");
    }
    CHECK(after(full, second).servers().size() == 2);
}

TEST_CASE("an update touches only the fields that are present", "[actors]") {
    auto server = given("files", "npx");
    server.args = std::vector<std::string>{"a"};
    server.env = model::name_value_list{{"K", "v"}};
    server.call_timeout = 5s;
    server.enabled = false;
    const auto before = after(holding({}),
                              plan_import(holding({}), project, {server}, now, allowed));
    mcp::imported_server change;
    change.original_name = "files";
    change.name = "files";
    change.command = "node";
    const auto plan = plan_import(before, project, {change}, now + 1h, allowed);
    CHECK(outcome_of(plan) == "updated");
    REQUIRE(plan.changed.size() == 1);
    const auto& definition = plan.changed.front().definition;
    CHECK(definition.id == before.servers().front().definition.id);
    CHECK(definition.command == "node");
    CHECK(definition.args == std::vector<std::string>{"a"});
    CHECK(definition.env == model::name_value_list{{"K", "v"}});
    CHECK(definition.call_timeout == 5s);
    CHECK_FALSE(definition.enabled);
    CHECK(definition.created_at == now);
    CHECK(definition.updated_at == now + 1h);
}

TEST_CASE("a spelling that is no name becomes an alias and finds its server again", "[actors]") {
    auto odd = given("My Server", "node");
    odd.name = "My_Server";
    const auto plan = plan_import(holding({}), project, {odd}, now, allowed);
    REQUIRE(plan.changed.size() == 1);
    CHECK(plan.changed.front().definition.name == "My_Server");
    CHECK(plan.changed.front().aliases == std::vector<std::string>{"My Server"});
    const auto full = after(holding({}), plan);
    odd.command = "deno";
    // A collision in a later file may derive another name; the alias decides.
    odd.name = "My_Server_2";
    const auto again = plan_import(full, project, {odd}, now, allowed);
    CHECK(outcome_of(again) == "updated");
    CHECK(again.report.servers.front().name == "My_Server");
    CHECK(again.report.servers.front().original_name == "My Server");
}

TEST_CASE("a bad entry fails alone", "[actors]") {
    auto bad = given("bad", "");
    bad.fault = "mcpServers.bad: neither command nor url";
    const auto plan = plan_import(holding({}), project, {bad, given("good", "npx")}, now, allowed);
    REQUIRE(plan.report.servers.size() == 2);
    CHECK(plan.report.servers[0].outcome == "failed");
    CHECK(plan.report.servers[0].error == bad.fault);
    CHECK(plan.report.servers[1].outcome == "created");
    CHECK(plan.changed.size() == 1);
}

TEST_CASE("a server of the same name in another project is left alone", "[actors]") {
    model::server_entry foreign;
    foreign.definition.id = server_id::random();
    foreign.definition.project = project_id::random();
    foreign.definition.name = "files";
    const auto plan = plan_import(holding({foreign}), project, {given("files", "npx")}, now,
                                  allowed);
    CHECK(outcome_of(plan) == "created");
    CHECK(plan.changed.front().definition.id != foreign.definition.id);
}

TEST_CASE("two entries of one file with one original spelling make one server", "[actors]") {
    auto first = given("a b", "npx");
    first.name = "a_b";
    auto second = given("a_b", "node");
    second.name = "a_b_2";
    const auto plan = plan_import(holding({}), project, {first, second}, now, allowed);
    CHECK(plan.changed.size() == 2);
    CHECK(plan.changed[0].definition.name != plan.changed[1].definition.name);
    const auto full = after(holding({}), plan);
    const auto again = plan_import(full, project, {first, second}, now, allowed);
    INFO("the spelling 'a_b' is the name of one server and the alias of the other");
    CHECK(after(full, again).servers().size() == 2);
}

TEST_CASE("what the check refuses is told and left out, and the others go on", "[actors]") {
    const auto plan = plan_import(
        holding({}), project, {given("bad", ""), given("good", "npx")}, now,
        [](const model::server_definition& server) {
            return server.command.empty() ? result<void>{error{errc::invalid_argument, "why"}}
                                          : result<void>{};
        });
    REQUIRE(plan.changed.size() == 1);
    CHECK(plan.changed[0].definition.name == "good");
    REQUIRE(plan.report.servers.size() == 2);
    CHECK(plan.report.servers[0].outcome == "failed");
    CHECK(plan.report.servers[0].error == "why");
    CHECK(plan.report.servers[1].outcome == "created");
}
