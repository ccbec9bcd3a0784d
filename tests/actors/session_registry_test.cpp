#include "actors/session_registry.hpp"

#include "actors/server_board.hpp"
#include "tests/support/actor_fixture.hpp"
#include "tests/support/catch.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <barrier>
#include <thread>
#include <utility>

using namespace orch;
using namespace orch::test;
using namespace std::chrono_literals;
using actors::server_board;
using actors::session_claim;
using actors::session_entry;
using actors::session_registry;

namespace {

const monotonic_time start{1h};

session_entry used_at(monotonic_time at, bool ends_when_idle = true) {
    session_entry entry;
    entry.principal = "key:1";
    entry.ends_when_idle = ends_when_idle;
    entry.last_used = at;
    return entry;
}

std::vector<caf::actor> idle_since(const session_registry& sessions, monotonic_time limit) {
    return sessions.idle_since(limit, limit);
}

bool holds(const std::vector<caf::actor>& all, const caf::actor& wanted) {
    return std::find(all.begin(), all.end(), wanted) != all.end();
}

bool find(session_registry& sessions, const std::string& id, monotonic_time at = start,
          const session_claim& claim = {"key:1", {}, {}}) {
    return sessions.find(id, claim, at).has_value();
}

} // namespace

TEST_CASE("a session is found by whom it belongs to, on its own endpoint alone",
          "[actors][sessions]") {
    session_registry sessions(10);
    auto entry = used_at(start);
    entry.project = {orch::uuid::random()};
    entry.server = {orch::uuid::random()};
    REQUIRE(sessions.add("a", session_entry{entry}));
    CHECK(find(sessions, "a", start, {"key:1", entry.project, entry.server}));
    CHECK_FALSE(find(sessions, "a", start, {"key:2", entry.project, entry.server}));
    CHECK_FALSE(find(sessions, "a", start, {"key:1", {}, entry.server}));
    CHECK_FALSE(find(sessions, "a", start, {"key:1", entry.project, {}}));
    // Who was refused has not used it.
    CHECK(sessions.idle_since(start + 1s, start + 1s).size() == 1);
    CHECK_FALSE(find(sessions, "a", start + 10s, {"key:2", entry.project, entry.server}));
    CHECK(sessions.idle_since(start + 1s, start + 1s).size() == 1);
}

TEST_CASE("a session is found under its transport id alone", "[actors][sessions]") {
    session_registry sessions(10);
    REQUIRE(sessions.add("a", used_at(start)));
    CHECK(find(sessions, "a"));
    CHECK_FALSE(find(sessions, "b"));
    sessions.remove("b");
    CHECK(sessions.size() == 1);
    sessions.remove("a");
    sessions.remove("a");
    CHECK(sessions.size() == 0);
    CHECK_FALSE(find(sessions, "a"));
}

TEST_CASE("the number of sessions is bounded, and a free place can be taken again",
          "[actors][sessions]") {
    session_registry sessions(2);
    CHECK(sessions.add("a", used_at(start)));
    CHECK(sessions.add("b", used_at(start)));
    CHECK_FALSE(sessions.add("c", used_at(start)));
    CHECK(sessions.size() == 2);
    sessions.remove("a");
    CHECK(sessions.add("c", used_at(start)));
}

TEST_CASE("one principal cannot take the places of all", "[actors][sessions]") {
    session_registry sessions(3, 2);
    auto other = used_at(start);
    other.principal = "key:2";
    CHECK(sessions.add("a", used_at(start)));
    CHECK_FALSE(sessions.has_all("key:1"));
    CHECK(sessions.add("b", used_at(start)));
    CHECK(sessions.has_all("key:1"));
    CHECK_FALSE(sessions.add("c", used_at(start)));
    CHECK(sessions.add("c", session_entry{other}));
    CHECK_FALSE(sessions.has_all("key:2"));
    sessions.remove("a");
    CHECK(sessions.add("d", used_at(start)));
    CHECK(sessions.size() == 3);
}

TEST_CASE("an id that is taken is refused and does not count twice", "[actors][sessions]") {
    session_registry sessions(10);
    REQUIRE(sessions.add("a", used_at(start)));
    auto other = used_at(start);
    other.principal = "key:2";
    const bool added = sessions.add("a", std::move(other));
    CHECK_FALSE(added);
    CHECK(find(sessions, "a"));
    CHECK(sessions.size() == 1);
}

TEST_CASE_METHOD(actor_fixture, "only idle sessions of the right kind are idle",
                 "[actors][sessions]") {
    inbox box;
    const auto old = probe(box);
    const auto streaming = probe(box);
    const auto busy = probe(box);
    session_registry sessions(10);
    auto entry = used_at(start);
    entry.actor = old;
    REQUIRE(sessions.add("old", session_entry{entry}));
    entry.actor = streaming;
    entry.ends_when_idle = false;
    REQUIRE(sessions.add("streaming", session_entry{entry}));
    entry.actor = busy;
    entry.ends_when_idle = true;
    REQUIRE(sessions.add("busy", session_entry{entry}));
    CHECK(idle_since(sessions, start).empty());
    (void)find(sessions, "busy", start + 10s);
    const auto idle = idle_since(sessions, start + 5s);
    REQUIRE(idle.size() == 1);
    CHECK(idle[0] == old);
    CHECK(sessions.all().size() == 3);
}

TEST_CASE_METHOD(actor_fixture, "a session that works is not idle, and its work counts as a use",
                 "[actors][sessions]") {
    session_registry sessions(10);
    REQUIRE(sessions.add("a", used_at(start)));
    REQUIRE(idle_since(sessions, start + 1s).size() == 1);
    sessions.begin_work("a");
    sessions.begin_work("b");
    CHECK(idle_since(sessions, start + 1h).empty());
    // A request that comes meanwhile ends nothing.
    (void)find(sessions, "a", start + 10s);
    CHECK(idle_since(sessions, start + 1h).empty());
    sessions.end_work("a", start + 20s);
    sessions.end_work("b", start + 20s);
    CHECK(idle_since(sessions, start + 20s).empty());
    CHECK(idle_since(sessions, start + 21s).size() == 1);
}

TEST_CASE_METHOD(actor_fixture, "the audience of a server is its own and the unified sessions",
                 "[actors][sessions]") {
    const auto project = project_id::random();
    const auto server = server_id::random();
    inbox box;
    const auto own = probe(box);
    const auto unified = probe(box);
    const auto other = probe(box);
    const auto foreign = probe(box);
    session_registry sessions(10);
    const auto add = [&](const char* id, const caf::actor& actor, const project_id& where,
                         const server_id& what) {
        REQUIRE(sessions.add(id, {actor, "", where, what, false, start}));
    };
    add("own", own, project, server);
    add("unified", unified, project, {});
    add("other", other, project, server_id::random());
    add("foreign", foreign, project_id::random(), {});
    const auto audience = sessions.audience(project, server);
    CHECK(audience.size() == 2);
    CHECK(holds(audience, own));
    CHECK(holds(audience, unified));
}

TEST_CASE("threads that come and go never pass the bound and leave nothing behind",
          "[actors][sessions]") {
    constexpr int threads_count = 4;
    constexpr int wanted_each = 3;
    // Fewer than the threads want together, besides the one that is taken.
    constexpr int places = 6;
    session_registry sessions(1 + places);
    REQUIRE(sessions.add("shared", used_at(start)));
    std::atomic<int> held{0};
    std::atomic<int> rounds_at_bound{0};
    std::barrier meeting(threads_count);
    constexpr int rounds = 500;
    const auto come_and_go = [&](int thread) {
        for (int round = 0; round < rounds; ++round) {
            std::vector<std::string> mine;
            for (int i = 0; i < wanted_each; ++i) {
                auto id = fmt::format("{}/{}/{}", thread, round, i);
                if (sessions.add(id, used_at(start)) && find(sessions, id)) {
                    ++held;
                    mine.push_back(std::move(id));
                }
            }
            meeting.arrive_and_wait();
            rounds_at_bound += thread == 0 && held == places ? 1 : 0;
            meeting.arrive_and_wait();
            for (const auto& id : mine) {
                --held;
                sessions.remove(id);
            }
            meeting.arrive_and_wait();
        }
    };
    std::vector<std::thread> threads;
    for (int thread = 0; thread < threads_count; ++thread) {
        threads.emplace_back(come_and_go, thread);
    }
    for (auto& thread : threads) {
        thread.join();
    }
    CHECK(rounds_at_bound == rounds);
    CHECK(held == 0);
    CHECK(sessions.size() == 1);
}

TEST_CASE_METHOD(actor_fixture, "the board keeps the last view and the way to each server",
                 "[actors][board]") {
    const auto id = server_id::random();
    inbox box;
    server_board board;
    CHECK_FALSE(board.view(id));
    CHECK_FALSE(board.actor(id));
    actors::server_view view;
    view.pid = 7;
    board.put(id, view);
    CHECK_FALSE(board.actor(id));
    CHECK(board.actors().empty());
    const auto actor = probe(box);
    board.put_actor(id, actor);
    CHECK(board.view(id).value().pid == 7);
    CHECK(board.actor(id) == actor);
    CHECK(board.actors().size() == 1);
    board.clear_actors();
    CHECK_FALSE(board.actor(id));
    CHECK(board.view(id).value().pid == 7);
    board.remove(id);
    CHECK_FALSE(board.view(id));
}
