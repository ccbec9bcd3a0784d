#include "api/admin/handlers.hpp"
#include "api/key_views.hpp"
#include "api/paging.hpp"
#include "api/problem.hpp"

namespace orch::api {

namespace {

constexpr std::chrono::hours soon{30 * 24};
constexpr std::chrono::hours lately{7 * 24};

struct key_filter {
    std::string search;
    std::optional<project_id> project;
    std::optional<bool> active;
    bool expired_only = false;

    [[nodiscard]] bool takes(const model::api_key& key,
                             std::chrono::system_clock::time_point now) const {
        return matches(key, search) && (!project || key.project == *project) &&
               (!active || key.active == *active) &&
               (!expired_only || (key.expires_at && *key.expires_at <= now));
    }
};

result<key_filter> read_filter(const incoming& in) {
    key_filter filter;
    filter.search = in.request.query_value("search").value_or("");
    const auto active = read_flag(in.request, "is_active");
    const auto expired = read_flag(in.request, "expired_only");
    if (!active || !expired) {
        return !active ? active.error() : expired.error();
    }
    filter.active = *active;
    filter.expired_only = expired->value_or(false);
    if (const auto named = in.request.query_value("project_id")) {
        const auto* project = in.registry->find_project(*named);
        if (project == nullptr) {
            return error{errc::invalid_argument, "project_id: there is no such project"};
        }
        filter.project = project->id;
    }
    return filter;
}

} // namespace

void list_all_keys(const context& context, const incoming_ptr& in) {
    const auto filter = read_filter(*in);
    const auto page = read_page(in->request);
    if (!filter || !page) {
        in->exchange->respond(problem(!filter ? filter.error() : page.error()));
        return;
    }
    std::vector<const model::api_key*> found;
    for (const auto& key : in->registry->keys()) {
        if (filter->takes(key, context.runtime.clock.wall())) {
            found.push_back(&key);
        }
    }
    admin_key_page_view view{{}, found.size(), page->page, page->per_page};
    for (auto i = page->begin(found.size()); i < page->end(found.size()); ++i) {
        const auto* project = in->registry->find_project(found[i]->project);
        view.api_keys.push_back(
            {view_of(*found[i], *in->registry, context), project != nullptr ? project->name : ""});
    }
    in->exchange->respond(json_response(to_json(view)));
}

void key_statistics(const context& context, const incoming_ptr& in) {
    const auto now = context.runtime.clock.wall();
    key_statistics_view view;
    for (const auto& key : in->registry->keys()) {
        const auto status = status_of(key, now);
        const auto use = context.runtime.keys.last_use(key.id);
        const auto used = use ? std::optional(use->at) : key.last_used_at;
        ++view.total_keys;
        view.active_keys += status == "active" ? 1 : 0;
        view.inactive_keys += status == "revoked" ? 1 : 0;
        view.quarantined_keys += status == "quarantined" ? 1 : 0;
        view.expired_keys += status == "expired" ? 1 : 0;
        view.expiring_soon += status == "active" && key.expires_at && *key.expires_at <= now + soon
                                  ? 1
                                  : 0;
        view.recently_used += used && *used >= now - lately ? 1 : 0;
    }
    in->exchange->respond(json_response(to_json(view)));
}

} // namespace orch::api
