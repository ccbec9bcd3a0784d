#include "launcher/process_tree.hpp"

#include "tests/launcher/processes.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>
#include <memory>

using namespace orch;

namespace {

constexpr int swarm_size = 9;

void ignore(pid_t) {}

std::vector<pid_t> sorted(const launcher::process_list& list) {
    std::vector<pid_t> pids(list.pids, list.pids + list.size);
    std::sort(pids.begin(), pids.end());
    return pids;
}

} // namespace

TEST_CASE("both ways to list descendants find the same tree", "[launcher][process_tree]") {
    test::plain_process launched{{ORCH_LAUNCHER, "--parent", std::to_string(::getpid()), "--",
                                  ORCH_PUPPET, "swarm", std::to_string(swarm_size)}};
    std::vector<pid_t> expected;
    for (int at = 0; at < swarm_size; ++at) {
        expected.push_back(std::stoi(launched.read_line()));
    }
    std::sort(expected.begin(), expected.end());

    const auto by_children = std::make_unique<launcher::process_list>();
    const auto by_parent = std::make_unique<launcher::process_list>();
    launcher::list_by_parent(launched.pid(), *by_parent, ignore);
    const auto found = sorted(*by_parent);
    CHECK(std::includes(found.begin(), found.end(), expected.begin(), expected.end()));
    if (launcher::kernel_lists_children()) {
        launcher::list_by_children(launched.pid(), *by_children, ignore);
        const auto listed = sorted(*by_children);
        CHECK(std::includes(listed.begin(), listed.end(), expected.begin(), expected.end()));
    }
}

TEST_CASE("a process list refuses what does not fit", "[launcher][process_tree]") {
    const auto list = std::make_unique<launcher::process_list>();
    for (std::size_t at = 0; at < launcher::process_list::capacity; ++at) {
        REQUIRE(list->add(1));
    }
    CHECK_FALSE(list->add(2));
    CHECK(list->contains(1));
    CHECK_FALSE(list->contains(2));
}
