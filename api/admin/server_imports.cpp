#include "api/admin/handlers.hpp"
#include "api/body.hpp"
#include "api/change.hpp"
#include "api/rest_types.hpp"
#include "api/server_rules.hpp"
#include "api/server_views.hpp"

#include "actors/server_import.hpp"

namespace orch::api {

namespace {

import_view view_of(const actors::import_report& report) {
    import_view view;
    for (const auto& server : report.servers) {
        view.results.push_back(
            {server.name, server.original_name, server.outcome, unless_empty(server.error)});
    }
    return view;
}

/// Whether the principal may do all that the import would.
result<void> check_plan(const context& context, const incoming& in, const actors::import_plan& plan,
                        const model::registry& registry) {
    for (const auto& server : plan.changed) {
        const auto* before = registry.find_server(server.definition.id);
        auto may = check_may_define(context, in, server.definition,
                                    before != nullptr ? &before->definition : nullptr);
        if (!may) {
            return may;
        }
    }
    return {};
}

void record_plan(const context& context, const incoming& in, const actors::registry_change& change,
                 const actors::import_plan& plan) {
    for (const auto& server : plan.changed) {
        const auto* before = change.registry.find_server(server.definition.id);
        record_activity(context, in, change, server.definition.project,
                        before != nullptr ? model::activity_type::server_updated
                                          : model::activity_type::server_created,
                        target_of(server),
                        before != nullptr ? changes_between(*before, server) : change_list{});
    }
}

} // namespace

void import_servers(const context& context, const incoming_ptr& in) {
    const auto wanted = take_body<import_request>(*in);
    if (!wanted) {
        return;
    }
    auto imported = mcp::read_client_config(wanted->config.text);
    if (!imported) {
        fault_list faults;
        faults.add("config", imported.error());
        in->exchange->respond(problem(faults.to_error()));
        return;
    }
    const auto project = in->project->id;
    if (wanted->preview.value_or(false)) {
        const auto plan = actors::plan_import(*in->registry, project, *imported,
                                              context.runtime.clock.wall(), check_definition);
        const auto may = check_plan(context, *in, plan, *in->registry);
        in->exchange->respond(may ? json_response(to_json(view_of(plan.report)))
                                  : problem(may.error()));
        return;
    }
    const auto report = std::make_shared<actors::import_report>();
    answer_after_change(
        context, in,
        [&context, in, project, report,
         imported = std::move(*imported)](const actors::registry_change& change) {
            auto plan = actors::plan_import(change.registry, project, imported, change.at,
                                            check_definition);
            auto may = check_plan(context, *in, plan, change.registry);
            if (!may) {
                return may;
            }
            for (auto& server : plan.changed) {
                if (change.registry.find_server(server.definition.id) == nullptr) {
                    server.definition.created_by = in->who.user;
                }
            }
            change.save_servers(plan.changed);
            record_plan(context, *in, change, plan);
            *report = std::move(plan.report);
            return result<void>{};
        },
        [report](const model::registry& /*registry*/) {
            return json_response(to_json(view_of(*report)));
        });
}

} // namespace orch::api
