#include "actors/server_fleet.hpp"
#include "tests/actors/server_fixture.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/registry_of.hpp"

#include <functional>

using namespace orch;
using namespace orch::test;
using Catch::Matchers::Contains;

namespace {

/// In the place of the supervisor.
class fleet_owner final : public actors::bridge::pinned_actor {
public:
    fleet_owner(caf::actor_config& config, actors::bridge::io_unit& home,
                const actors::server_services& services, std::function<void()> on_followed)
        : pinned_actor(config, home), on_followed_(std::move(on_followed)),
          fleet_(*this, services) {
        set_down_handler(
            [this](const caf::down_msg& down) { fleet_.replace(down.source, *registry_); });
    }

    caf::behavior make_behavior() override {
        return caf::behavior{
            [this](const actors::registry_changed& changed) {
                registry_ = changed.registry;
                fleet_.follow(registry_);
                on_followed_();
            },
            [this](actors::tick) { fleet_.tick(); },
        };
    }

    void on_exit() override {
        for (const auto& server : fleet_.all()) {
            send_exit(server, caf::exit_reason::user_shutdown);
        }
    }

private:
    std::function<void()> on_followed_;
    model::registry_ptr registry_;
    actors::server_fleet fleet_;
};

class fleet_fixture : public server_fixture {
public:
    /// A server that left the registry lives as long as somebody holds it.
    ~fleet_fixture() { server = nullptr; }

    /// With the fixture's server, or without any.
    void follow(std::vector<model::server_entry> servers) {
        const auto registry = std::make_shared<const model::registry>(
            registry_of({}, std::move(servers)));
        tell(owner, actors::registry_changed{registry});
    }
    void serve_by_fleet(const std::string& mode = "normal") {
        entry.definition.args = {mode};
        follow({entry});
        settle();
        server = board.actor(entry.definition.id);
    }

    std::function<void()> on_followed = [] {
    };
    caf::actor owner = spawn<fleet_owner>(std::ref(unit()), std::cref(services),
                                          [this] { on_followed(); });
};

} // namespace

TEST_CASE_METHOD(fleet_fixture, "a server of the registry runs until it leaves it",
                 "[actors][fleet]") {
    serve_by_fleet();
    REQUIRE(call_works());
    entry.definition.description = "other words";
    follow({entry});
    REQUIRE(call_works());
    CHECK(view().starts == 1);
    follow({});
    REQUIRE(run_until([&] { return logged("stopped: "); }));
    settle();
    CHECK_FALSE(board.actor(entry.definition.id));
    CHECK_FALSE(board.view(entry.definition.id));
}

TEST_CASE_METHOD(fleet_fixture, "a server is listed before its actor has run", "[actors][fleet]") {
    server_id listed;
    on_followed = [&] {
        listed = board.view(entry.definition.id).value().status.id;
    };
    serve_by_fleet();
    CHECK(listed == entry.definition.id);
}

TEST_CASE_METHOD(fleet_fixture, "a server that left the registry answers whoever still holds it",
                 "[actors][fleet]") {
    serve_by_fleet();
    follow({});
    SECTION("long gone") { settle(); }
    SECTION("just now") {}
    const auto number = call("echo");
    settle();
    REQUIRE(client.of<actors::request_failed>().size() == 1);
    CHECK(client.of<actors::request_failed>()[0].number == number);
    CHECK_THAT(client.of<actors::request_failed>()[0].reason, Contains("is being stopped"));
    CHECK(transcript_count("tools/call") == 0);
}

TEST_CASE_METHOD(fleet_fixture, "a server that left the registry ends when nobody holds it",
                 "[actors][fleet]") {
    const auto before = system.registry().running();
    serve_by_fleet();
    REQUIRE(call_works());
    REQUIRE(system.registry().running() == before + 1);
    follow({});
    REQUIRE(run_until([&] { return logged("stopped: "); }));
    settle();
    CHECK(system.registry().running() == before + 1);
    server = nullptr;
    CHECK(run_until([&] { return system.registry().running() == before; }));
}

TEST_CASE_METHOD(fleet_fixture, "a server that left the registry is not waited for without end",
                 "[actors][fleet]") {
    serve_by_fleet("deaf");
    REQUIRE(call_works());
    follow({});
    settle();
    clock.advance(services.options.server_stop_grace);
    tell(owner, actors::tick{});
    CHECK(run_until([&] { return logged("SIGTERM"); }));
}

TEST_CASE_METHOD(fleet_fixture, "an actor that failed is spawned anew with what was known",
                 "[actors][fleet]") {
    serve_by_fleet();
    REQUIRE(call_works());
    caf::anon_send_exit(server, caf::exit_reason::unhandled_exception);
    REQUIRE(run_until([&] { return board.actor(entry.definition.id) != server; }));
    server = board.actor(entry.definition.id);
    tell(server, actors::list_items{caller, 3});
    settle();
    REQUIRE(client.of<actors::items_listed>().size() == 1);
    CHECK(client.of<actors::items_listed>()[0].items->items.size() == 12);
    CHECK(call_works());
}
