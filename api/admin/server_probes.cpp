#include "api/admin/handlers.hpp"
#include "api/body.hpp"
#include "api/change.hpp"
#include "api/fault_list.hpp"
#include "api/server_rules.hpp"
#include "api/server_views.hpp"

#include "actors/bridge/ask.hpp"
#include "actors/probe_messages.hpp"

#include <fmt/format.h>

// Trying a definition out before, or instead of, storing it: a process of its own that no list
// shows and that ends at once. Who may try out a command is who may define it.

namespace orch::api {

namespace {

using std::chrono::milliseconds;

constexpr double timeout_default = 30;
constexpr double timeout_max = 60;
constexpr std::chrono::seconds answer_slack{10};

create_server_request definition_in(const test_connection_request& wanted) {
    create_server_request made;
    made.name = wanted.name.value_or("test");
    made.transport_type = wanted.transport_type;
    made.command = wanted.command;
    made.args = wanted.args;
    made.env = wanted.env;
    made.cwd = wanted.cwd;
    made.url = wanted.url;
    made.headers = wanted.headers;
    made.timeout = wanted.timeout.value_or(timeout_default);
    return made;
}

connection_view view_of(const actors::probe_report& report) {
    const auto& status = report.view.status;
    connection_view view;
    view.success = status.state == model::server_state::online;
    view.status = model::to_string(status.state);
    view.tools_count = status.tools_count;
    view.tools = definitions_of(report.view.lists.tools());
    if (!view.success) {
        view.error_message = status.last_error.empty() ? "It did not answer in time."
                                                       : status.last_error;
    }
    view.response_time_ms = report.took.count();
    view.server_info = info_of(report.view);
    return view;
}

void try_out(const context& context, const incoming_ptr& in, model::server_entry entry,
             milliseconds limit) {
    entry.definition.id = server_id::random();
    actors::bridge::ask_command<actors::probe_report>(
        context.system, context.unit(in->request.unit), context.runtime.probes,
        actors::probe_server{std::move(entry), limit}, limit + answer_slack,
        [in](const result<actors::probe_report>& report) {
            in->exchange->respond(report ? json_response(to_json(view_of(*report)))
                                         : problem(report.error()));
        });
}

/// Writes down who tried what, and tries it then.
void record_and_try(const context& context, const incoming_ptr& in,
                    const model::server_entry& entry, milliseconds limit) {
    change_then(
        context, in,
        [&context, in, entry](const actors::registry_change& change) {
            record_activity(context, *in, change, in->project->id,
                            model::activity_type::server_tested, target_of(entry));
            return result<void>{};
        },
        [&context, in, entry, limit](const model::registry& /*registry*/) {
            try_out(context, in, entry, limit);
        });
}

} // namespace

void test_connection(const context& context, const incoming_ptr& in) {
    const auto wanted = take_body<test_connection_request>(*in);
    if (!wanted) {
        return;
    }
    model::server_entry entry;
    entry.definition.project = in->project->id;
    auto checked = apply(definition_in(*wanted), entry);
    if (checked) {
        checked = check_may_define(context, *in, entry.definition, nullptr);
    }
    if (checked && wanted->timeout.value_or(0) > timeout_max) {
        fault_list faults;
        faults.add("timeout", fmt::format("timeout: 1 to {} seconds", timeout_max));
        checked = faults.outcome();
    }
    if (!checked) {
        in->exchange->respond(problem(checked.error()));
        return;
    }
    record_and_try(context, in, entry, entry.definition.call_timeout);
}

void test_server(const context& context, const incoming_ptr& in) {
    const auto* server = server_of(*in);
    if (server == nullptr) {
        in->exchange->respond(nothing_here());
        return;
    }
    record_and_try(context, in, *server,
                   milliseconds(static_cast<std::int64_t>(timeout_default * 1'000)));
}

} // namespace orch::api
