#include "api/admin/handlers.hpp"
#include "api/body.hpp"
#include "api/change.hpp"
#include "api/paging.hpp"
#include "api/query.hpp"
#include "api/scheduler_types.hpp"
#include "api/server_views.hpp"
#include "api/timestamps.hpp"

#include "actors/bridge/ask.hpp"
#include "actors/schedule_messages.hpp"
#include "storage/schedule_store.hpp"

#include <fmt/format.h>

#include <functional>
#include <memory>
#include <utility>

// The schedule by which the status of servers is refreshed. What is set here is stored first, and
// taken up by the scheduler then.

namespace orch::api {

namespace {

using model::refresh_schedule;

constexpr std::chrono::seconds answer_timeout{10};
constexpr auto job_id = "server_status_check";
constexpr auto job_name = "Status refresh of all servers";

std::string trigger_text(std::chrono::seconds interval) {
    return fmt::format("interval[{}:{:02}:{:02}]", interval.count() / 3'600,
                       interval.count() / 60 % 60, interval.count() % 60);
}

scheduler_view view_of(const actors::schedule_report& report) {
    const auto& schedule = report.schedule;
    scheduler_view view;
    view.running = schedule.running;
    if (report.next_run) {
        view.jobs.push_back({job_id, job_name, to_rfc3339(*report.next_run),
                             trigger_text(schedule.server_check_interval)});
    }
    view.config = {schedule.server_check_interval.count(), schedule.coalesce, 1,
                   schedule.max_workers};
    view.last_execution = to_rfc3339(schedule.last_execution);
    view.job_history_count = report.runs_count;
    view.checking = report.under_way;
    view.skipped_count = schedule.skipped_count;
    return view;
}

scheduler_run_view view_of(const model::refresh_run& run) {
    return {to_rfc3339(run.started_at),
            std::chrono::duration<double>(run.duration).count(),
            run.error.empty() ? "success" : "error",
            run.counts.checked,
            run.counts.updated,
            run.counts.tools_synced,
            run.counts.errors,
            unless_empty(run.error),
            std::string(model::to_string(run.trigger))};
}

/// Tells the scheduler, and answers with what `print` makes of its report.
template <class Message, class Print>
void answer_from_scheduler(const context& context, const incoming_ptr& in, Message message,
                           Print print) {
    actors::bridge::ask_command<actors::schedule_report>(
        context.system, context.unit(in->request.unit), context.runtime.scheduler,
        std::move(message), answer_timeout,
        [in, print = std::move(print)](const result<actors::schedule_report>& report) {
            in->exchange->respond(report ? print(*report) : problem(report.error()));
        });
}

template <class Message>
void answer_with_action(const context& context, const incoming_ptr& in, Message message,
                        std::string said, int status = 200) {
    answer_from_scheduler(
        context, in, std::move(message),
        [said = std::move(said), status](const actors::schedule_report& report) {
            return json_response(to_json(scheduler_action_view{view_of(report), said}), status);
        });
}

change_list changes_between(const refresh_schedule& before, const refresh_schedule& after) {
    change_list changes;
    changes.flag("running", before.running, after.running)
        .number("server_check_interval", before.server_check_interval.count(),
                after.server_check_interval.count())
        .number("max_workers", before.max_workers, after.max_workers)
        .flag("coalesce", before.coalesce, after.coalesce);
    return changes;
}

using schedule_edit =
    std::function<void(refresh_schedule& schedule, std::chrono::system_clock::time_point at)>;

/// Stores what `edit` makes of the schedule; what stays as it is leaves no trace.
refresh_schedule store(const context& context, const incoming& in,
                       const actors::registry_change& change, const schedule_edit& edit) {
    const auto before = storage::load_schedule(change.transaction);
    auto after = before;
    edit(after, change.at);
    const auto changes = changes_between(before, after);
    if (changes.empty() && after.resumed_at == before.resumed_at) {
        return before;
    }
    ++after.revision;
    storage::save_schedule(change.transaction, after);
    record_activity(context, in, change, {}, model::activity_type::scheduler_updated,
                    {"scheduler", job_id, job_name}, changes);
    return after;
}

void change_schedule(const context& context, const incoming_ptr& in, std::string said,
                     schedule_edit edit) {
    const auto stored = std::make_shared<refresh_schedule>();
    change_then(
        context, in,
        [&context, in, stored, edit = std::move(edit)](const actors::registry_change& change) {
            *stored = store(context, *in, change, edit);
            return result<void>{};
        },
        [&context, in, stored, said = std::move(said)](const model::registry& /*registry*/) {
            answer_with_action(context, in, actors::adopt_schedule{*stored}, said);
        });
}

void check_number(const char* field, std::optional<std::int64_t> given, std::int64_t least,
                  std::int64_t most, fault_list& faults) {
    if (given && (*given < least || *given > most)) {
        faults.add(field, fmt::format("{}: a number from {} to {}", field, least, most));
    }
}

result<void> check(const scheduler_config_request& wanted) {
    fault_list faults;
    check_number("server_check_interval", wanted.server_check_interval,
                 refresh_schedule::interval_min.count(), refresh_schedule::interval_max.count(),
                 faults);
    check_number("max_workers", wanted.max_workers, 1, refresh_schedule::workers_max, faults);
    if (wanted.max_instances.value_or(1) != 1) {
        faults.add("max_instances", "max_instances: 1, since runs never overlap");
    }
    return faults.outcome();
}

void apply(const scheduler_config_request& wanted, refresh_schedule& schedule) {
    schedule.server_check_interval = std::chrono::seconds(
        wanted.server_check_interval.value_or(schedule.server_check_interval.count()));
    schedule.max_workers = wanted.max_workers.value_or(schedule.max_workers);
    schedule.coalesce = wanted.coalesce.value_or(schedule.coalesce);
}

} // namespace

void show_scheduler(const context& context, const incoming_ptr& in) {
    answer_from_scheduler(context, in, actors::report_schedule{},
                          [](const actors::schedule_report& report) {
                              return json_response(to_json(view_of(report)));
                          });
}

void start_scheduler(const context& context, const incoming_ptr& in) {
    change_schedule(context, in, "The schedule is on.", [](refresh_schedule& schedule, auto at) {
        if (!std::exchange(schedule.running, true)) {
            schedule.resumed_at = at;
        }
    });
}

void stop_scheduler(const context& context, const incoming_ptr& in) {
    change_schedule(context, in, "The schedule is off; a run under way goes on to its end.",
                    [](refresh_schedule& schedule, auto /*at*/) { schedule.running = false; });
}

void restart_scheduler(const context& context, const incoming_ptr& in) {
    change_schedule(context, in, "The schedule is on, and the interval begins now.",
                    [](refresh_schedule& schedule, auto at) {
                        schedule.running = true;
                        schedule.resumed_at = at;
                    });
}

void configure_scheduler(const context& context, const incoming_ptr& in) {
    const auto wanted = take_body<scheduler_config_request>(*in);
    if (!wanted) {
        return;
    }
    if (const auto sound = check(*wanted); !sound) {
        in->exchange->respond(problem(sound.error()));
        return;
    }
    change_schedule(
        context, in, "The settings hold from now on.",
        [wanted = *wanted](refresh_schedule& schedule, auto /*at*/) { apply(wanted, schedule); });
}

void run_scheduler(const context& context, const incoming_ptr& in) {
    answer_with_action(context, in, actors::run_refresh{},
                       "All servers are being checked; the history will tell what was found.", 202);
}

void list_scheduler_runs(const context& context, const incoming_ptr& in) {
    std::size_t limit = 50;
    const auto read = read_number(in->request, "limit", model::refresh_run::kept_max, limit);
    if (!read) {
        in->exchange->respond(problem(read.error()));
        return;
    }
    using runs = std::vector<model::refresh_run>;
    answer_from_database<runs>(
        context, in,
        [limit](pqxx::connection& connection) { return storage::list_runs(connection, limit); },
        [](const runs& found) {
            std::vector<scheduler_run_view> views;
            for (const auto& run : found) {
                views.push_back(view_of(run));
            }
            return json_response(to_json(views));
        });
}

} // namespace orch::api
