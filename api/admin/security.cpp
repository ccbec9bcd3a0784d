#include "api/admin/handlers.hpp"
#include "api/body.hpp"
#include "api/change.hpp"
#include "api/project_types.hpp"

#include "storage/project_store.hpp"

#include <fmt/format.h>

// Who may come in at the endpoints of a project, and how its tools are named there.

namespace orch::api {

namespace {

constexpr std::size_t ranges_max = 200;

security_view view_of(const model::project& project) {
    security_view view{project.auth_required,
                       {},
                       project.unified_enabled,
                       std::string(model::to_string(project.naming))};
    for (const auto& range : project.allowed_ip_ranges) {
        view.allowed_ip_ranges.push_back(range.to_string());
    }
    return view;
}

void apply_ranges(const std::vector<std::string>& given, model::project& project,
                  fault_list& faults) {
    if (given.size() > ranges_max) {
        faults.add("allowed_ip_ranges",
                   fmt::format("allowed_ip_ranges: more than {} ranges", ranges_max));
        return;
    }
    project.allowed_ip_ranges.clear();
    for (std::size_t i = 0; i < given.size(); ++i) {
        const auto at = fmt::format("allowed_ip_ranges[{}]", i);
        if (auto range = ip_range::parse(given[i])) {
            project.allowed_ip_ranges.push_back(*range);
        } else {
            faults.add(at, fmt::format("{}: {}", at, range.error().detail));
        }
    }
}

result<void> apply(const update_security_request& wanted, model::project& project) {
    fault_list faults;
    project.auth_required = wanted.jwt_auth_required.value_or(project.auth_required);
    project.unified_enabled = wanted.unified_mcp_enabled.value_or(project.unified_enabled);
    if (wanted.allowed_ip_ranges) {
        apply_ranges(*wanted.allowed_ip_ranges, project, faults);
    }
    if (wanted.naming_mode) {
        const auto mode = model::parse_naming_mode(*wanted.naming_mode);
        if (!mode) {
            faults.add("naming_mode", "naming_mode: always, on_collision or never");
        }
        project.naming = mode.value_or(project.naming);
    }
    return faults.outcome();
}

/// What is well-formed, but would let in too many or shut out the one who asks.
result<void> check(const context& context, const incoming& in, const model::project& after) {
    if (!after.auth_required && !context.options.public_allowed) {
        return error{errc::conflict, "jwt_auth_required: other machines reach this listener, so "
                                     "clients without a key take security.allow_public = true"};
    }
    const bool stays_in = in.who.kind == principal::kind::local_admin ||
                          allows(after.allowed_ip_ranges, in.who.address);
    return stays_in ? result<void>{}
                    : result<void>{error{errc::conflict,
                                         fmt::format("allowed_ip_ranges: would shut out your own "
                                                     "address {}",
                                                     in.who.address)}};
}

change_list changes_between(const model::project& from, const model::project& to) {
    const auto before = view_of(from);
    const auto after = view_of(to);
    change_list changes;
    changes.flag("jwt_auth_required", before.jwt_auth_required, after.jwt_auth_required)
        .json("allowed_ip_ranges", to_json(before.allowed_ip_ranges),
              to_json(after.allowed_ip_ranges))
        .flag("unified_mcp_enabled", before.unified_mcp_enabled, after.unified_mcp_enabled)
        .text("naming_mode", before.naming_mode, after.naming_mode);
    return changes;
}

} // namespace

void show_security(const context& /*context*/, const incoming_ptr& in) {
    in->exchange->respond(json_response(to_json(view_of(*in->project))));
}

void update_security(const context& context, const incoming_ptr& in) {
    auto wanted = take_body<update_security_request>(*in);
    if (!wanted) {
        return;
    }
    answer_after_change(
        context, in,
        [&context, in, wanted = std::move(*wanted),
         id = in->project->id](const actors::registry_change& change) {
            const auto* now = change.registry.find_project(id);
            if (now == nullptr) {
                return result<void>{error{errc::not_found, "The project is gone."}};
            }
            auto project = *now;
            auto applied = apply(wanted, project);
            applied = applied ? check(context, *in, project) : applied;
            const auto changes = changes_between(*now, project);
            if (applied && !changes.empty()) {
                project.updated_at = change.at;
                storage::update_project(change.transaction, project);
                record_activity(context, *in, change, id,
                                model::activity_type::project_security_updated,
                                {"project", id.to_string(), project.name}, changes);
            }
            return applied;
        },
        [id = in->project->id](const model::registry& registry) {
            const auto* project = registry.find_project(id);
            return project != nullptr ? json_response(to_json(view_of(*project))) : nothing_here();
        });
}

} // namespace orch::api
