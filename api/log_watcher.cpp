#include "api/log_watcher.hpp"

#include "api/access.hpp"
#include "api/fault_list.hpp"
#include "api/problem.hpp"
#include "storage/row_walk.hpp"

namespace orch::api {

standing_right::standing_right(const context& context, incoming& in, permission wanted,
                               const project_id& project)
    : context_(context), request_(std::move(in.request)), who_(in.who), wanted_(wanted),
      project_(project) {}

bool standing_right::holds() {
    const auto registry = context_.runtime.registry.load();
    request_.received_at = context_.runtime.clock.wall();
    auto who = authenticate(request_,
                            {*registry, context_.runtime.logins, context_.cookie, context_.options},
                            cookies::seen);
    if (!who || who->name != who_.name) {
        return false;
    }
    who->address = who_.address;
    const auto* project = registry->find_project(project_);
    return decide(*who, wanted_, project, *registry).allowed();
}

watch_visitor::watch_visitor(standing_right right, const net::exchange_ptr& exchange,
                             std::shared_ptr<void> slot)
    : right_(std::move(right)), slot_(std::move(slot)),
      stream_(exchange->open_stream({}, nullptr)) {}

watch_visitor::~watch_visitor() {
    if (stream_ && !is_dismissed_) {
        stream_->break_off();
    }
}

void watch_visitor::dismiss() {
    is_dismissed_ = true;
    stream_->finish();
}

result<std::optional<uuid>> position_of(const net::request& request) {
    const auto header = request.header("last-event-id");
    const auto parameter = request.query_value("since");
    const auto text = header.empty() ? parameter.value_or("") : header;
    if (text.empty()) {
        return std::optional<uuid>{};
    }
    const auto id = uuid::parse(text);
    return id && *id <= uuid::floor(storage::latest_row)
               ? result<std::optional<uuid>>(id)
               : fault_in("since", "since: expected the id of a row, or live_from of a page");
}

std::optional<watch_place> take_watch_place(const context& context, const incoming& in) {
    const auto since = position_of(in.request);
    if (!since) {
        in.exchange->respond(problem(since.error()));
        return std::nullopt;
    }
    auto slot = context.watchers->take(in.who.name);
    if (!slot) {
        in.exchange->respond(problem(429, "Too many watchers at once: try again later."));
        return std::nullopt;
    }
    return watch_place{std::move(slot), *since};
}

} // namespace orch::api
