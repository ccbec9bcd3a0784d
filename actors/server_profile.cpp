#include "actors/server_profile.hpp"

#include "actors/call_draft.hpp"
#include "actors/server_launch.hpp"
#include "core/byte_sizes.hpp"
#include "mcp/search_text.hpp"
#include "mcp/tool_name.hpp"

#include <caf/send.hpp>

#include <algorithm>
#include <chrono>
#include <utility>

namespace orch::actors {

namespace {

/// How often the time of the last use is stored while calls go on.
constexpr std::chrono::seconds last_use_interval{10};

/// Bytes of what a server says of itself; of more than that nothing is kept.
constexpr std::size_t introduction_bytes_max = 64 * kib;

bool same_items(const std::vector<model::listed_item>& left,
                const std::vector<model::listed_item>& right) {
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
      secrets_(entry_.definition), aside_(!known.role.key.empty()), last_use_(clock.monotonic()) {
    view_.status = std::move(known.status);
    view_.status.id = entry_.definition.id;
    view_.lists = std::move(known.lists);
    view_.introduction = std::move(known.introduction);
    view_.starts = view_.status.starts;
    view_.restarts = view_.status.restarts;
    forget_other_launch();
}

std::string server_profile::who() const { return "server '" + entry_.definition.name + "'"; }

std::string server_profile::hidden(std::string text) const {
    return secrets_.hidden(earlier_secrets_.hidden(std::move(text)));
}

known_server server_profile::sibling(process_role role) const {
    return {entry_, {}, view_.lists, view_.introduction, std::move(role)};
}

void server_profile::publish(model::server_state state, std::string problem, running child) {
    view_.status.state = state;
    set_problem(std::move(problem));
    const auto& tools = view_.lists.tools();
    view_.status.tools_count = tools ? static_cast<int>(tools->items.size()) : 0;
    view_.status.starts = view_.starts;
    view_.status.restarts = view_.restarts;
    view_.pid = child.pid;
    view_.processes = other_processes_ + (child.pid > 0 ? 1 : 0);
    if (!child.lives) {
        view_.started_at.reset();
    }
    if (!aside_) {
        services_.board.put(entry_.definition.id, view_);
        caf::anon_send(services_.server_log_writer, status_changed{view_.status});
    }
}

std::optional<bool> server_profile::needs_client() const {
    const auto& status = view_.status;
    return status.probed_launch.empty() ? std::nullopt : std::optional(status.needs_client);
}

void server_profile::set_needs_client(bool needs) {
    view_.status.needs_client = needs;
    view_.status.probed_launch = launch_digest(entry_.definition);
}

void server_profile::forget_other_launch() {
    if (!view_.status.probed_launch.empty() &&
        view_.status.probed_launch != launch_digest(entry_.definition)) {
        view_.status.probed_launch.clear();
        view_.status.needs_client = false;
    }
}

void server_profile::set_others(std::size_t processes, std::size_t waiting) {
    if (processes == other_processes_ && waiting == view_.waiting) {
        return;
    }
    other_processes_ = processes;
    view_.processes = processes + (view_.pid > 0 ? 1 : 0);
    view_.waiting = waiting;
    services_.board.put(entry_.definition.id, view_);
}

void server_profile::count_start() {
    ++view_.starts;
    view_.started_at = clock_.wall();
}

void server_profile::introduce(const mcp::server_hello& hello) {
    view_.server_name = bounded_message(hello.server_name);
    view_.server_version = bounded_message(hello.server_version);
    view_.protocol_version = mcp::to_string(hello.version);
    offered_ = hello.offered;
    model::server_introduction said;
    said.capabilities = hello.capabilities.size() <= introduction_bytes_max
                            ? hello.capabilities
                            : mcp::to_json(hello.offered);
    if (hello.instructions.size() <= introduction_bytes_max) {
        said.instructions = hello.instructions;
    }
    if (view_.introduction && *view_.introduction == said) {
        return;
    }
    view_.introduction = std::make_shared<const model::server_introduction>(std::move(said));
    if (aside_) {
        return;
    }
    caf::anon_send(services_.server_log_writer,
                   server_introduced{entry_.definition.id, view_.introduction});
}

void server_profile::set_problem(std::string problem) {
    view_.status.last_error = bounded_message(hidden(std::move(problem)));
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
    if (!same_launch(entry_.definition, entry.definition)) {
        // Other values of variables do not show in the digest.
        view_.status.probed_launch.clear();
        earlier_secrets_ = std::exchange(secrets_, own_secrets(entry.definition));
    }
    entry_ = std::move(entry);
    forget_other_launch();
    return other;
}

const model::listed_item* server_profile::find_item(const forward_request& request) const {
    if (!request.list || !items(*request.list)) {
        return nullptr;
    }
    const auto& set = *items(*request.list);
    const auto* exact = set.find(request.item);
    if (exact != nullptr || request.unified_name.empty()) {
        return exact;
    }
    // The unified endpoint shows some names in a shortened form.
    const auto found = std::find_if(set.items.begin(), set.items.end(), [&](const auto& item) {
        return mcp::public_tool_name(entry_.definition.name, item.name) == request.unified_name;
    });
    return found == set.items.end() ? nullptr : &*found;
}

server_profile::discovery server_profile::adopt(model::list_kind kind,
                                                std::vector<model::listed_item> items) {
    auto& known = view_.lists.of(kind);
    const bool first = known == nullptr;
    if (!first && same_items(items, known->items)) {
        return discovery::same;
    }
    known = std::make_shared<const item_set>(item_set{std::move(items)});
    const auto found = first ? discovery::first : discovery::changed;
    // That a list is empty need not be stored: a server that was met has those that are.
    if (aside_ || (first && known->items.empty())) {
        return found;
    }
    caf::anon_send(services_.server_log_writer,
                   items_discovered{entry_.definition.id, kind, known});
    return found;
}

void server_profile::note(model::log_level level, model::log_category category,
                          std::string message) {
    model::server_log_entry entry{services_.sequence.next(clock_.wall()),
                                  entry_.definition.project,
                                  entry_.definition.id,
                                  level,
                                  category,
                                  bounded_message(hidden(std::move(message)))};
    if (tells_of_life(category)) {
        add_to_timeline(entry);
    }
    entry.search_text = mcp::fold_for_search(entry.message, entry.message.size());
    caf::anon_send(services_.server_log_writer, server_logged{std::move(entry)});
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
    if (!aside_) {
        services_.board.put(entry_.definition.id, view_);
    }
}

} // namespace orch::actors
