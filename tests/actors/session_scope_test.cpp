#include "actors/session_scope.hpp"

#include "tests/support/catch.hpp"

using namespace orch;
using namespace orch::actors;

namespace {

/// One project with two servers, and a session for all of it that was opened with a key.
struct house {
    house() {
        project.id = project_id::random();
        for (auto* server : {&first, &second}) {
            server->definition.id = server_id::random();
            server->definition.project = project.id;
            server->definition.enabled = true;
        }
        first.definition.name = "first";
        second.definition.name = "second";
        key.id = key_id::random();
        key.project = project.id;
        key.scope.may_call = true;
        session.project = project.id;
        session.caller.client_type = "cline";
        opened_with = key.id;
    }
    [[nodiscard]] session_scope scope() const {
        model::registry_contents contents;
        contents.projects = {project};
        contents.servers = {first, second};
        contents.keys = {key};
        return {std::make_shared<model::registry>(contents), session, opened_with, open_endpoint};
    }

    model::project project;
    model::server_entry first;
    model::server_entry second;
    model::api_key key;
    model::client_session session;
    key_id opened_with;
    bool open_endpoint = false;
};

} // namespace

TEST_CASE_METHOD(house, "a session has what its key opens", "[actors][sessions]") {
    CHECK(scope().servers().size() == 2);
    CHECK(scope().may_call());
    CHECK(scope().takes_client());
    CHECK(scope().offers(first, "echo"));
    key.scope.servers = {second.definition.id};
    key.scope.tools = {"echo"};
    const auto narrowed = scope();
    REQUIRE(narrowed.servers().size() == 1);
    CHECK(narrowed.servers()[0]->definition.name == "second");
    CHECK(narrowed.offers(second, "echo"));
    CHECK_FALSE(narrowed.offers(second, "drop"));
    CHECK_FALSE(narrowed.offers(first, "echo"));
}

TEST_CASE_METHOD(house, "a session whose key is gone has nothing", "[actors][sessions]") {
    opened_with = key_id::random();
    session.server = GENERATE_REF(server_id{}, first.definition.id);
    const auto gone = scope();
    CHECK(gone.key() == nullptr);
    CHECK(gone.servers().empty());
    CHECK(gone.only_server() == nullptr);
    CHECK_FALSE(gone.may_call());
    CHECK_FALSE(gone.takes_client());
    CHECK_FALSE(gone.offers(first, "echo"));
}

TEST_CASE_METHOD(house, "a session without a key has all of its scope", "[actors][sessions]") {
    opened_with = {};
    CHECK(scope().servers().size() == 2);
    CHECK(scope().may_call());
    session.server = second.definition.id;
    REQUIRE(scope().only_server() != nullptr);
    CHECK(scope().only_server()->definition.name == "second");
}

TEST_CASE_METHOD(house, "the open endpoint leaves out what asks for a key", "[actors][sessions]") {
    opened_with = {};
    open_endpoint = true;
    CHECK(scope().servers().size() == 2);
    first.definition.auth_required = true;
    REQUIRE(scope().servers().size() == 1);
    CHECK(scope().servers()[0]->definition.name == "second");
}

TEST_CASE_METHOD(house, "a key for other clients takes none of this one", "[actors][sessions]") {
    key.scope.client_types = {"cursor"};
    CHECK_FALSE(scope().takes_client());
    key.scope.client_types = {"cursor", "cline"};
    CHECK(scope().takes_client());
}
