#include "actors/session_welcome.hpp"

#include "tests/support/catch.hpp"

using namespace orch;
using namespace orch::actors;
using namespace std::chrono_literals;

namespace {

const std::chrono::system_clock::time_point now{1'700'000'000s};

/// One project, one server, one key, and a session that was opened with it.
struct house {
    house() {
        project.id = project_id::random();
        project.name = "shop";
        server.definition.id = server_id::random();
        server.definition.project = project.id;
        server.definition.name = "files";
        key.id = key_id::random();
        key.project = project.id;
        session.project = project.id;
        session.server = server.definition.id;
        session.key = key.id;
        session.ip_address = "192.0.2.7";
    }
    [[nodiscard]] bool welcome() const {
        model::registry_contents contents;
        contents.projects = {project};
        contents.servers = {server};
        contents.keys = {key};
        return is_welcome(session, model::registry(contents), now);
    }

    model::project project;
    model::server_entry server;
    model::api_key key;
    session_entry session;
};

} // namespace

TEST_CASE_METHOD(house, "a session stays while its key is good", "[actors][sessions]") {
    CHECK(welcome());
    SECTION("revoked") { key.active = false; }
    SECTION("in quarantine") { key.quarantined = true; }
    SECTION("expired") { key.expires_at = now; }
    SECTION("gone") { key.id = key_id::random(); }
    SECTION("for another server") { key.scope.servers = {server_id::random()}; }
    SECTION("for another address") {
        key.scope.ip_ranges = {ip_range::parse("10.0.0.0/8").value()};
    }
    SECTION("the project takes other addresses only") {
        project.allowed_ip_ranges = {ip_range::parse("10.0.0.0/8").value()};
    }
    SECTION("the project is gone") { project.id = project_id::random(); }
    SECTION("the server is gone") { server.definition.id = server_id::random(); }
    SECTION("the unified endpoint is off") {
        session.server = {};
        CHECK(welcome());
        project.unified_enabled = false;
    }
    CHECK_FALSE(welcome());
}

TEST_CASE_METHOD(house, "changes that leave the key good end nothing", "[actors][sessions]") {
    key.expires_at = now + 1s;
    key.scope.servers = {server.definition.id};
    key.scope.tools = {"echo"};
    key.scope.ip_ranges = {ip_range::parse("192.0.2.0/24").value()};
    project.allowed_ip_ranges = {ip_range::parse("192.0.2.0/24").value()};
    CHECK(welcome());
}

TEST_CASE_METHOD(house, "who was asked for no key goes when one is asked for",
                 "[actors][sessions]") {
    session.key = {};
    session.open_endpoint = true;
    project.auth_required = false;
    CHECK(welcome());
    SECTION("by the project") { project.auth_required = true; }
    SECTION("by the server") { server.definition.auth_required = true; }
    CHECK_FALSE(welcome());
}

TEST_CASE_METHOD(house, "a server that asks for no key keeps its guests", "[actors][sessions]") {
    session.key = {};
    session.open_endpoint = true;
    server.definition.auth_required = false;
    CHECK(welcome());
    session.server = {};
    CHECK_FALSE(welcome());
}
