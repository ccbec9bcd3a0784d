#include "actors/resource_subscriptions.hpp"

#include "tests/support/actor_fixture.hpp"
#include "tests/support/catch.hpp"

using namespace orch::test;

namespace {

struct watched : actor_fixture {
    inbox heard;
    caf::actor one = probe(heard);
    caf::actor other = probe(heard);
    std::vector<caf::actor> one_alone{one};
    std::vector<caf::actor> other_alone{other};
    orch::actors::resource_subscriptions watches;
};

} // namespace

TEST_CASE_METHOD(watched, "C15: the server hears of the first and of the last who watches",
                 "[actors][subscriptions]") {
    CHECK_FALSE(watches.watched("a:1"));
    watches.add("a:1", one);
    CHECK(watches.watched("a:1"));
    watches.add("a:1", other);
    watches.add("a:1", other);
    watches.add("a:2", other);
    CHECK(watches.size() == 3);
    CHECK_FALSE(watches.remove("a:1", one.address()));
    CHECK_FALSE(watches.remove("a:1", one.address()));
    CHECK(watches.leave(other.address()) == std::vector<std::string>{"a:1", "a:2"});
    CHECK(watches.empty());
}

TEST_CASE_METHOD(watched, "who watches a resource hears of its parts, and of no neighbour",
                 "[actors][subscriptions]") {
    watches.add("file:///a", one);
    watches.add("", other);
    CHECK(watches.watchers("file:///a") == one_alone);
    CHECK(watches.watchers("file:///a/b") == one_alone);
    CHECK(watches.watchers("file:///a#b") == one_alone);
    CHECK(watches.watchers("file:///ab").empty());
    CHECK(watches.watchers("file:///").empty());
    watches.add("file:///", other);
    CHECK(watches.watchers("file:///c") == other_alone);
}
