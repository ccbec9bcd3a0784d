#include "actors/server_profile.hpp"

#include "actors/call_draft.hpp"
#include "mcp/tool_name.hpp"

#include <caf/send.hpp>

#include <algorithm>
#include <chrono>
#include <utility>

namespace orch::actors {

namespace {

/// How often the time of the last use is stored while calls go on.
constexpr std::chrono::seconds last_use_interval{10};

bool same_tools(const std::vector<model::tool>& left, const std::vector<model::tool>& right) {
    return std::equal(
        left.begin(), left.end(), right.begin(), right.end(),
        [](const auto& one, const auto& other) { return one.definition == other.definition; });
}

bool tells_of_life(model::log_category category) noexcept {
    return category == model::log_category::startup || category == model::log_category::handshake ||
           category == model::log_category::shutdown || category == model::log_category::crash;
}

} // namespace

server_profile::server_profile(known_server known, const server_services& services,
                               const clock_source& clock)
    : services_(services), clock_(clock), entry_(std::move(known.entry)),
      last_use_(clock.monotonic()) {
    view_.status = std::move(known.status);
    view_.status.id = entry_.definition.id;
    view_.tools = std::move(known.tools);
    view_.starts = view_.status.starts;
    view_.restarts = view_.status.restarts;
}

std::string server_profile::who() const { return "server '" + entry_.definition.name + "'"; }

void server_profile::publish(model::server_state state, std::string problem, int pid) {
    view_.status.state = state;
    set_problem(std::move(problem));
    view_.status.tools_count = view_.tools ? static_cast<int>(view_.tools->tools.size()) : 0;
    view_.status.starts = view_.starts;
    view_.status.restarts = view_.restarts;
    view_.pid = pid;
    if (pid == 0) {
        view_.started_at.reset();
    }
    services_.board.put(entry_.definition.id, view_);
    caf::anon_send(services_.server_log_writer, status_changed{view_.status});
}

void server_profile::count_start() {
    ++view_.starts;
    view_.started_at = clock_.wall();
}

void server_profile::introduce(const mcp::server_hello& hello) {
    view_.server_name = bounded_message(hello.server_name);
    view_.server_version = bounded_message(hello.server_version);
    view_.protocol_version = mcp::to_string(hello.version);
}

void server_profile::set_problem(std::string problem) {
    view_.status.last_error = bounded_message(std::move(problem));
}

void server_profile::mark_connected() {
    mark_checked();
    view_.status.last_connected = view_.status.last_checked;
}

void server_profile::mark_used() {
    last_use_ = clock_.monotonic();
    use_unsaved_ = true;
}

bool server_profile::take_unsaved_use() {
    auto& saved = view_.status.last_used;
    if (!use_unsaved_ || (saved && clock_.wall() - *saved < last_use_interval)) {
        return false;
    }
    use_unsaved_ = false;
    saved = clock_.wall();
    return true;
}

bool server_profile::redefine(model::server_entry entry) {
    const auto switched = [](const model::tool_switch& left, const model::tool_switch& right) {
        return left.tool == right.tool && left.enabled == right.enabled;
    };
    const bool other = !std::equal(entry_.switches.begin(), entry_.switches.end(),
                                   entry.switches.begin(), entry.switches.end(), switched);
    entry_ = std::move(entry);
    return other;
}

const model::tool* server_profile::find_tool(const call_tool& call) const {
    if (!view_.tools) {
        return nullptr;
    }
    const auto* exact = view_.tools->find(call.tool);
    if (exact != nullptr || call.unified_name.empty()) {
        return exact;
    }
    // The unified endpoint shows some names in a shortened form.
    const auto& tools = view_.tools->tools;
    const auto found = std::find_if(tools.begin(), tools.end(), [&](const auto& tool) {
        return mcp::public_tool_name(entry_.definition.name, tool.name) == call.unified_name;
    });
    return found == tools.end() ? nullptr : &*found;
}

server_profile::discovery server_profile::adopt(std::vector<model::tool> tools) {
    const bool known = view_.tools != nullptr;
    if (known && same_tools(tools, view_.tools->tools)) {
        return discovery::same;
    }
    view_.tools = std::make_shared<const tool_set>(tool_set{std::move(tools)});
    caf::anon_send(services_.server_log_writer,
                   tools_discovered{entry_.definition.id, view_.tools});
    return known ? discovery::changed : discovery::first;
}

void server_profile::note(model::log_level level, model::log_category category,
                          std::string message) {
    const model::server_log_entry entry{services_.sequence.next(clock_.wall()),
                                        entry_.definition.project,
                                        entry_.definition.id,
                                        level,
                                        category,
                                        bounded_message(std::move(message))};
    if (tells_of_life(category)) {
        add_to_timeline(entry);
    }
    caf::anon_send(services_.server_log_writer, server_logged{entry});
}

void server_profile::add_to_timeline(const model::server_log_entry& entry) {
    auto longer = std::make_shared<server_timeline>();
    if (view_.timeline) {
        const auto& before = *view_.timeline;
        const auto skipped = before.size() < server_view::timeline_max ? 0 : 1;
        longer->assign(before.begin() + skipped, before.end());
    }
    longer->push_back(entry);
    view_.timeline = std::move(longer);
    services_.board.put(entry_.definition.id, view_);
}

} // namespace orch::actors
