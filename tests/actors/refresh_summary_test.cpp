#include "actors/refresh_summary.hpp"

#include "tests/support/catch.hpp"

using namespace orch;
using actors::count_changed_tools;

namespace {

actors::item_set_ptr tools(std::vector<model::listed_item> list) {
    return std::make_shared<const actors::item_set>(actors::item_set{std::move(list)});
}

actors::server_view view(model::server_state state, actors::item_set_ptr known = nullptr) {
    actors::server_view made;
    made.status.state = state;
    made.lists.of(model::list_kind::tools) = std::move(known);
    return made;
}

} // namespace

TEST_CASE("tools that came, went or changed are counted once each", "[actors][scheduler]") {
    const auto before = tools({{"stays", "{1}"}, {"changes", "{2}"}, {"goes", "{3}"}});
    const auto now = tools({{"comes", "{4}"}, {"changes", "{5}"}, {"stays", "{1}"}});
    CHECK(count_changed_tools(before, now) == 3);
    CHECK(count_changed_tools(before, before) == 0);
    CHECK(count_changed_tools(nullptr, now) == 3);
    CHECK(count_changed_tools(before,
                              tools({{"goes", "{3}"}, {"stays", "{1}"}, {"changes", "{2}"}})) == 0);
}

TEST_CASE("a summary counts what changed and what has a problem", "[actors][scheduler]") {
    using enum model::server_state;
    actors::refresh_summary summary;
    const auto two = tools({{"a", "{}"}, {"b", "{}"}});
    summary.add(view(unknown), {view(online).status, two});
    summary.add(view(online, two), {view(online).status, two});
    summary.add(view(online, two), {view(error).status, two});
    auto late = view(online);
    late.status.last_error = "did not answer the status check in time";
    summary.add(view(online, two), {late.status, two});
    summary.add_silent();
    CHECK(summary.counts.checked == 5);
    CHECK(summary.counts.updated == 2);
    CHECK(summary.counts.tools_synced == 2);
    CHECK(summary.counts.errors == 3);
}
