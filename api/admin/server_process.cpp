#include "api/admin/handlers.hpp"
#include "api/problem.hpp"
#include "api/rest_types.hpp"
#include "api/server_views.hpp"

#include "net/process_usage.hpp"

#include <algorithm>

// The process of a server: what it takes now, and how it came and went.

namespace orch::api {

namespace {

bool is_an_end(const model::server_log_entry& entry) noexcept {
    return entry.category == model::log_category::crash ||
           entry.category == model::log_category::shutdown;
}

void add_timeline(const actors::server_timeline& timeline, process_detail_view& view) {
    for (const auto& entry : timeline) {
        view.timeline.push_back(view_of(entry));
    }
    const auto last = std::find_if(timeline.rbegin(), timeline.rend(), is_an_end);
    if (last != timeline.rend()) {
        view.last_exit = last->message;
    }
}

} // namespace

void show_process(const context& context, const incoming_ptr& in) {
    const auto* server = server_of(*in);
    if (server == nullptr) {
        in->exchange->respond(nothing_here());
        return;
    }
    const auto known =
        context.runtime.board.view(server->definition.id).value_or(actors::server_view{});
    process_detail_view view{process_of(known), {}, 0, 0, {}, info_of(known), {}};
    if (known.started_at) {
        view.uptime_seconds =
            std::chrono::duration<double>(context.runtime.clock.wall() - *known.started_at).count();
    }
    const auto usage = net::usage_of_tree(known.pid);
    view.memory_bytes = usage.memory_bytes;
    view.processes = usage.processes;
    if (known.timeline) {
        add_timeline(*known.timeline, view);
    }
    in->exchange->respond(json_response(to_json(view)));
}

} // namespace orch::api
