#include "actors/shutdown_sequence.hpp"
#include "tests/support/actor_fixture.hpp"
#include "tests/support/catch.hpp"

using namespace orch;
using namespace orch::test;

namespace {

using words = std::vector<std::string>;

/// Tells what reaches it, and answers at once.
class witness final : public actors::bridge::pinned_actor {
public:
    witness(caf::actor_config& config, actors::bridge::io_unit& home, std::string name,
            words& story)
        : pinned_actor(config, home), name_(std::move(name)), story_(story) {}

    caf::behavior make_behavior() override {
        return caf::behavior{
            [this](actors::close_session) {
                tell("closed");
                quit();
            },
            [this](actors::stop_server) {
                tell("stopped");
                return actors::stopped{};
            },
            [this](actors::flush_log) {
                tell("flushed");
                return actors::flushed{};
            },
        };
    }
    void on_exit() override { tell("ended"); }

private:
    void tell(const std::string& what) { story_.push_back(name_ + " " + what); }

    const std::string name_;
    words& story_;
};

class sequence_owner final : public actors::bridge::pinned_actor {
public:
    sequence_owner(caf::actor_config& config, actors::bridge::io_unit& home,
                   actors::shutdown_order order, words& story)
        : pinned_actor(config, home), order_(std::move(order)), story_(story) {}

    caf::behavior make_behavior() override {
        sequence_.run(std::move(order_), [this] {
            story_.emplace_back("done");
            quit();
        });
        return caf::behavior{[](actors::tick) {
        }};
    }

private:
    actors::shutdown_order order_;
    words& story_;
    actors::shutdown_sequence sequence_{*this};
};

class shutdown_fixture : public actor_fixture {
public:
    shutdown_fixture() : actor_fixture(2) {}
    ~shutdown_fixture() { end_actors(); }
    caf::actor a(const std::string& name) {
        return spawn<witness>(std::ref(unit()), name, std::ref(story));
    }
    words run(actors::shutdown_order order) {
        spawn<sequence_owner>(std::ref(unit()), std::move(order), std::ref(story));
        settle();
        return std::exchange(story, {});
    }

    words story;
};

std::size_t place_of(const words& story, const std::string& line) {
    const auto found = std::find(story.begin(), story.end(), line);
    CAPTURE(line);
    REQUIRE(found != story.end());
    return static_cast<std::size_t>(found - story.begin());
}

} // namespace

TEST_CASE_METHOD(shutdown_fixture, "a shutdown goes from top to bottom", "[actors][shutdown]") {
    const auto told = run({.sessions = {a("session")},
                           .servers = {a("server"), a("second server")},
                           .writers = {a("writer")},
                           .others = {a("other")},
                           .postgres = a("postgres")});
    CHECK(told.size() == 12);
    CHECK(place_of(told, "session closed") == 0);
    // The writers are flushed once no server can write any more.
    CHECK(place_of(told, "server stopped") < place_of(told, "writer flushed"));
    CHECK(place_of(told, "second server stopped") < place_of(told, "writer flushed"));
    for (const auto* ended : {"session ended", "server ended", "second server ended"}) {
        CHECK(place_of(told, ended) < place_of(told, "writer flushed"));
    }
    CHECK(place_of(told, "writer flushed") < place_of(told, "writer ended"));
    CHECK(place_of(told, "writer flushed") < place_of(told, "other ended"));
    CHECK(place_of(told, "writer flushed") < place_of(told, "postgres stopped"));
    CHECK(place_of(told, "postgres stopped") < place_of(told, "done"));
    CHECK(place_of(told, "postgres stopped") < place_of(told, "postgres ended"));
}

TEST_CASE_METHOD(shutdown_fixture, "the last words of a server are heard before the last flush",
                 "[actors][shutdown]") {
    // Like a session for one call: on no list, it only hears that its server ended.
    const auto unlisted = a("unlisted");
    class talker final : public actors::bridge::pinned_actor {
    public:
        talker(caf::actor_config& config, actors::bridge::io_unit& home, caf::actor listener)
            : pinned_actor(config, home), listener_(std::move(listener)) {}
        caf::behavior make_behavior() override {
            return caf::behavior{[](actors::stop_server) {
                return actors::stopped{};
            }};
        }
        void on_exit() override { caf::anon_send(listener_, actors::close_session{}); }

    private:
        caf::actor listener_;
    };
    const auto told = run(
        {.servers = {spawn<talker>(std::ref(unit(1)), unlisted)}, .writers = {a("writer")}});
    CHECK(place_of(told, "unlisted ended") < place_of(told, "writer flushed"));
}

TEST_CASE_METHOD(shutdown_fixture, "a shutdown does not wait for what never started",
                 "[actors][shutdown]") {
    CHECK(run({}) == words{"done"});
    CHECK(run({.writers = {caf::actor{}, a("writer")}, .others = {caf::actor{}}}) ==
          words{"writer flushed", "done", "writer ended"});
}
