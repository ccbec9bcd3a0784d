#include "actors/open_tasks.hpp"

#include "tests/support/catch.hpp"

using namespace std::chrono_literals;
using orch::monotonic_time;
using orch::actors::open_task;
using orch::actors::open_tasks;

namespace {

const monotonic_time start{1h};

open_task of(const std::string& owner, std::uint64_t number = 0) {
    open_task task;
    task.owner = owner;
    task.number = number;
    return task;
}

} // namespace

TEST_CASE("a task is found by its owner alone", "[actors][tasks]") {
    open_tasks tasks;
    tasks.add("t", of("key:1", 7), start, 1min);
    CHECK(tasks.find("t", "key:1") != nullptr);
    CHECK(tasks.find("t", "key:2") == nullptr);
    CHECK(tasks.find("u", "key:1") == nullptr);
    CHECK(tasks.is_of("t", "key:1"));
    CHECK_FALSE(tasks.is_of("t", "key:2"));
    CHECK(tasks.any_of("key:1"));
    CHECK_FALSE(tasks.any_of("key:2"));
    CHECK(tasks.made_by(7)->first == "t");
    CHECK(tasks.made_by(8) == nullptr);
}

TEST_CASE("an id that is used again is the new owner's", "[actors][tasks]") {
    open_tasks tasks;
    tasks.add("t", of("key:1"), start, 1min);
    tasks.add("t", of("key:2"), start, 1min);
    CHECK(tasks.find("t", "key:1") == nullptr);
    CHECK(tasks.find("t", "key:2") != nullptr);
}

TEST_CASE("a task is known for its ttl, and for a day at most", "[actors][tasks]") {
    open_tasks tasks;
    tasks.add("short", of("key:1"), start, 1min);
    tasks.add("long", of("key:1"), start, 2400h);
    tasks.add("endless", of("key:1"), start, std::nullopt);
    tasks.expire(start + 59s);
    CHECK(tasks.find("short") != nullptr);
    tasks.expire(start + 1min);
    CHECK(tasks.find("short") == nullptr);
    tasks.expire(start + 24h - 1s);
    CHECK(tasks.find("long") != nullptr);
    tasks.expire(start + 24h);
    CHECK(tasks.empty());
}

TEST_CASE("the tasks of a server and of each owner are bounded", "[actors][tasks]") {
    open_tasks tasks;
    std::size_t count = 0;
    for (int owner = 0; tasks.has_room(std::to_string(owner)); ++owner) {
        while (tasks.has_room(std::to_string(owner))) {
            tasks.add(std::to_string(count++), of(std::to_string(owner)), start, 1min);
        }
        REQUIRE(count <= open_tasks::tasks_max);
    }
    CHECK(count == open_tasks::tasks_max);
    CHECK(count % open_tasks::tasks_of_owner_max == 0);
    tasks.expire(start + 1min);
    CHECK(tasks.has_room("0"));
}

TEST_CASE("a task is under way until it is over", "[actors][tasks]") {
    open_tasks tasks;
    CHECK_FALSE(tasks.any_under_way());
    tasks.add("t", of("key:1"), start, 1min);
    CHECK(tasks.any_under_way());
    tasks.find("t")->over = true;
    CHECK_FALSE(tasks.any_under_way());
}
