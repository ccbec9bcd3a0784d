#include "actors/retiring_servers.hpp"

#include "tests/support/actor_fixture.hpp"
#include "tests/support/catch.hpp"

#include <caf/actor_registry.hpp>
#include <caf/response_promise.hpp>

#include <chrono>

using namespace orch;
using namespace orch::test;
using namespace std::chrono_literals;
using actors::retiring_servers;

namespace {

/// Is told to stop and answers when it is told to.
class leaver final : public actors::bridge::pinned_actor {
public:
    leaver(caf::actor_config& config, actors::bridge::io_unit& home, bool& ended)
        : pinned_actor(config, home), ended_(ended) {}

    caf::behavior make_behavior() override {
        return caf::behavior{
            [this](actors::stop_server) {
                promise_ = make_response_promise();
                return promise_;
            },
            [this](actors::tick) { promise_.deliver(actors::stopped{}); },
        };
    }
    void on_exit() override {
        ended_ = true;
        promise_ = {}; // it would keep who asked
    }

private:
    bool& ended_;
    caf::response_promise promise_;
};

class owner final : public actors::bridge::pinned_actor {
public:
    owner(caf::actor_config& config, actors::bridge::io_unit& home, retiring_servers*& servers)
        : pinned_actor(config, home), servers_(*this) {
        servers = &servers_;
    }

    caf::behavior make_behavior() override {
        return caf::behavior{[this](actors::tick) {
            servers_.tick();
        }};
    }
    void on_exit() override { servers_.clear(); }

private:
    retiring_servers servers_;
};

struct retirement : actor_fixture {
    ~retirement() {
        keeper = nullptr;
        end_actors();
    }

    void retire() {
        unit().dispatch([&] { servers->add(server, [&] { ++gone; }); });
        settle();
    }
    void advance(std::chrono::milliseconds by) {
        clock.advance(by);
        tell(keeper, actors::tick{});
        settle();
    }

    bool ended = false;
    int gone = 0;
    retiring_servers* servers = nullptr;
    /// The fixture has no handle of its own.
    caf::actor keeper = system.spawn<owner>(std::ref(unit()), std::ref(servers));
    caf::actor server = spawn<leaver>(std::ref(unit()), std::ref(ended));
};

} // namespace

TEST_CASE_METHOD(retirement, "a server is gone when it says so, and lives on for its sessions",
                 "[actors][server]") {
    retire();
    CHECK(servers->size() == 1);
    CHECK(gone == 0);
    tell(server, actors::tick{});
    settle();
    CHECK(gone == 1);
    CHECK(servers->empty());
    advance(1h);
    CHECK(gone == 1);
    CHECK_FALSE(ended);
}

TEST_CASE_METHOD(retirement, "a server that does not end in time is killed", "[actors][server]") {
    retire();
    advance(29s);
    CHECK(gone == 0);
    CHECK_FALSE(ended);
    advance(1s);
    CHECK(gone == 1);
    CHECK(ended);
    CHECK(servers->empty());
}

TEST_CASE_METHOD(retirement, "a server that has retired holds its owner no longer",
                 "[actors][server]") {
    retire();
    tell(server, actors::tick{});
    settle();
    const auto running = system.registry().running();
    keeper = nullptr;
    settle();
    CHECK(system.registry().running() == running - 1);
}
