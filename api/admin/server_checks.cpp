#include "api/admin/handlers.hpp"
#include "api/change.hpp"
#include "api/problem.hpp"
#include "api/rest_types.hpp"
#include "api/server_views.hpp"
#include "api/timestamps.hpp"

#include "actors/bridge/ask.hpp"
#include "net/event_stream.hpp"

// What people ask of servers that run: their condition, all at once or one by one, and a restart.

namespace orch::api {

namespace {

constexpr std::chrono::seconds refresh_timeout{60};

refresh_view view_of(const actors::status_report& report, const model::server_entry& entry) {
    return {"refreshed",
            entry.definition.id.to_string(),
            entry.definition.name,
            std::string(model::to_string(report.status.state)),
            report.status.tools_count,
            unless_empty(report.status.last_error),
            definitions_of(report.tools),
            to_rfc3339(report.status.last_checked.value_or(std::chrono::system_clock::now()))};
}

/// Asks the server of the path for its condition after `command`.
template <class Command>
void ask_for_status(const context& context, const incoming_ptr& in, Command command) {
    const auto* server = server_of(*in);
    if (server == nullptr) {
        in->exchange->respond(nothing_here());
        return;
    }
    actors::bridge::ask<actors::status_report>(
        context.system, context.unit(in->request.unit),
        context.runtime.board.actor(server->definition.id), command, refresh_timeout,
        [in, server](const result<actors::status_report>& report) {
            in->exchange->respond(report ? json_response(to_json(view_of(*report, *server)))
                                         : problem(report.error()));
        });
}

/// The outcome of refreshing all, or its events as they come.
class refresh_answer {
public:
    refresh_answer(const context& context, incoming_ptr in)
        : clock_(context.runtime.clock), in_(std::move(in)) {
        if (in_->request.header("accept").find("text/event-stream") != std::string_view::npos) {
            stream_ = in_->exchange->open_stream({}, nullptr);
        }
    }

    /// One server is done. Callable on any thread.
    void tell(const actors::status_report& report) const {
        const auto* server = in_->registry->find_server(report.status.id);
        if (stream_ && server != nullptr) {
            stream_->send(net::named_frame("server", to_json(view_of(report, *server))));
        }
    }

    void end(const result<actors::status_reports>& reports) const {
        if (stream_) {
            end_stream(reports);
        } else {
            in_->exchange->respond(reports ? json_response(to_json(summary(*reports)))
                                           : problem(reports.error()));
        }
    }

private:
    void end_stream(const result<actors::status_reports>& reports) const {
        stream_->send(reports ? net::named_frame("done", to_json(summary(*reports)))
                              : net::named_frame("error", problem(reports.error()).body));
        stream_->finish();
    }

    [[nodiscard]] refresh_all_view summary(const actors::status_reports& reports) const {
        refresh_all_view view{"refreshed", {}, to_rfc3339(clock_.wall())};
        for (const auto& report : reports.reports) {
            if (const auto* server = in_->registry->find_server(report.status.id)) {
                view.servers[server->definition.id.to_string()] = view_of(report, *server);
            }
        }
        return view;
    }

    const clock_source& clock_;
    incoming_ptr in_;
    net::event_stream_ptr stream_;
};

} // namespace

void refresh_one(const context& context, const incoming_ptr& in) {
    ask_for_status(context, in, actors::refresh_status{});
}

void restart_server(const context& context, const incoming_ptr& in) {
    const auto* server = server_of(*in);
    if (server == nullptr) {
        in->exchange->respond(nothing_here());
        return;
    }
    change_then(
        context, in,
        [&context, in, target = target_of(*server)](const actors::registry_change& change) {
            record_activity(context, *in, change, in->project->id,
                            model::activity_type::server_restarted, target);
            return result<void>{};
        },
        [&context, in](const model::registry& /*registry*/) {
            ask_for_status(context, in, actors::restart_server{});
        });
}

void refresh_all(const context& context, const incoming_ptr& in) {
    const auto answer = std::make_shared<refresh_answer>(context, in);
    actors::bridge::ask<actors::status_reports>(
        context.system, context.unit(in->request.unit), context.runtime.refresh,
        actors::refresh_project{in->project->id,
                                [answer](const actors::status_report& report) {
                                    answer->tell(report);
                                }},
        refresh_timeout,
        [answer](const result<actors::status_reports>& reports) { answer->end(reports); });
}

} // namespace orch::api
