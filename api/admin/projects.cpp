#include "api/account_types.hpp"
#include "api/admin/handlers.hpp"
#include "api/change.hpp"
#include "api/project_rules.hpp"
#include "api/project_views.hpp"
#include "api/query.hpp"
#include "api/rest_types.hpp"
#include "api/server_rules.hpp"
#include "api/timestamps.hpp"

#include "storage/activity_store.hpp"
#include "storage/people_store.hpp"
#include "storage/project_store.hpp"

namespace orch::api {

namespace {

constexpr int recent_activities = 10;

} // namespace

void list_projects(const context& /*context*/, const incoming_ptr& in) {
    std::vector<project_view> views;
    for (const auto& project : in->registry->projects()) {
        if (decide(in->who, permission::read_project, &project, *in->registry).allowed()) {
            views.push_back(view_of(project, in->who, *in->registry));
        }
    }
    in->exchange->respond(json_response(to_json(views)));
}

void show_project(const context& context, const incoming_ptr& in) {
    using rows = std::vector<model::activity>;
    answer_from_database<rows>(
        context, in,
        [project = in->project->id](pqxx::connection& connection) {
            return storage::list_activities(connection,
                                            {.project = project, .limit = recent_activities});
        },
        [&context, in](const rows& recent) {
            project_detail view;
            static_cast<project_view&>(view) = view_of(*in->project, in->who, *in->registry);
            if (!context.options.public_url.empty()) {
                view.public_url = context.options.public_url;
            }
            view.may_set_commands =
                decide(in->who, permission::write_servers, in->project, *in->registry).allowed() &&
                may_set_commands(context, *in, in->project->id);
            // A key lists and calls; who the people are is none of its business.
            if (in->who.kind == principal::kind::user ||
                in->who.kind == principal::kind::local_admin) {
                view.members = members_view(in->project->id, in->who, *in->registry);
                view.recent_activity = views_of(recent);
            }
            return json_response(to_json(view));
        });
}

void create_project(const context& context, const incoming_ptr& in) {
    auto wanted = read_body<create_project_request>(in->request.body);
    if (!wanted) {
        in->exchange->respond(problem(wanted.error()));
        return;
    }
    const auto id = project_id::random();
    answer_after_change(
        context, in,
        [&context, in, id, wanted = std::move(*wanted)](const actors::registry_change& change) {
            model::project project;
            project.id = id;
            project.created_by = in->who.user;
            project.created_at = change.at;
            project.updated_at = change.at;
            if (auto named = name_project(project, wanted, change.registry); !named) {
                return named;
            }
            storage::insert_project(change.transaction, project);
            if (!in->who.user.is_nil()) {
                storage::insert_member(change.transaction, {member_id::random(),
                                                            id,
                                                            in->who.user,
                                                            model::role::owner,
                                                            model::invitation::individual,
                                                            {},
                                                            change.at});
            }
            record_activity(context, *in, change, id, model::activity_type::project_created,
                            {"project", id.to_string(), project.name});
            return result<void>{};
        },
        [in, id](const model::registry& registry) {
            return json_response(to_json(view_of(*registry.find_project(id), in->who, registry)),
                                 201);
        });
}

void update_project(const context& context, const incoming_ptr& in) {
    auto wanted = read_body<update_project_request>(in->request.body);
    if (!wanted) {
        in->exchange->respond(problem(wanted.error()));
        return;
    }
    const auto id = in->project->id;
    answer_after_change(
        context, in,
        [&context, in, id, wanted = std::move(*wanted)](const actors::registry_change& change) {
            const auto* now = change.registry.find_project(id);
            if (now == nullptr) {
                return result<void>{error{errc::not_found, "The project is gone."}};
            }
            auto project = *now;
            auto applied = rename_project(project, wanted, change.registry);
            applied = applied ? apply(wanted, project) : applied;
            if (!applied) {
                return applied;
            }
            change_list changes;
            changes.text("name", now->name, project.name)
                .text("display_name", now->display_name, project.display_name)
                .text("description", now->description, project.description)
                .flag("unified_mcp_enabled", now->unified_enabled, project.unified_enabled)
                .number("retention_days", now->retention_days, project.retention_days);
            if (!changes.empty()) {
                project.updated_at = change.at;
                storage::update_project(change.transaction, project);
                record_activity(context, *in, change, id, model::activity_type::project_updated,
                                {"project", id.to_string(), project.name}, changes);
            }
            return result<void>{};
        },
        [in, id](const model::registry& registry) {
            return json_response(to_json(view_of(*registry.find_project(id), in->who, registry)));
        });
}

void delete_project(const context& context, const incoming_ptr& in) {
    const auto id = in->project->id;
    answer_after_change(
        context, in,
        [&context, in, id](const actors::registry_change& change) {
            const auto* now = change.registry.find_project(id);
            if (now == nullptr) {
                return result<void>{error{errc::not_found, "The project is gone."}};
            }
            record_activity(context, *in, change, id, model::activity_type::project_deleted,
                            {"project", id.to_string(), now->name});
            storage::delete_project(change.transaction, id);
            return result<void>{};
        },
        [](const model::registry& /*registry*/) {
            return json_response(to_json(message_view{"The project was deleted."}));
        });
}

} // namespace orch::api
