#include "api/admin/handlers.hpp"
#include "api/paging.hpp"
#include "api/problem.hpp"
#include "api/project_views.hpp"
#include "api/query.hpp"
#include "api/text_rules.hpp"
#include "api/timestamps.hpp"

#include "storage/activity_store.hpp"
#include "storage/call_log_store.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

namespace orch::api {

namespace {

constexpr int page_max = 200;
/// How far back calls are looked for without a range.
constexpr std::chrono::hours calls_reach{7 * 24};

constexpr std::size_t search_max = 200;

/// The values of a parameter that may come several times and hold several with commas between.
std::vector<std::string> values_of(const net::request& request, std::string_view parameter) {
    std::vector<std::string> values;
    for (const auto& [name, text] : request.query) {
        for (std::string_view rest = text; name == parameter && !rest.empty();) {
            const auto value = rest.substr(0, rest.find(','));
            rest.remove_prefix(std::min(value.size() + 1, rest.size()));
            if (!value.empty()) {
                values.emplace_back(value);
            }
        }
    }
    return values;
}

void read_types(const net::request& request, storage::activity_filter& filter, fault_list& faults) {
    filter.types = values_of(request, "action_filter");
    for (const auto& type : filter.types) {
        if (model::to_string(model::parse_activity_type(type)) != type) {
            faults.add("action_filter", "action_filter: actions such as member_invited");
        }
    }
    const auto severities = values_of(request, "severity_filter");
    if (severities.empty()) {
        return;
    }
    auto& types = filter.types_of_severity.emplace();
    const auto last = static_cast<std::uint8_t>(model::activity_type::unknown);
    std::set<std::string_view> known;
    for (std::uint8_t i = 0; i <= last; ++i) {
        const auto type = static_cast<model::activity_type>(i);
        const auto severity = model::to_string(model::severity_of(type));
        known.insert(severity);
        if (std::find(severities.begin(), severities.end(), severity) != severities.end()) {
            types.emplace_back(model::to_string(type));
        }
    }
    known.insert(model::to_string(model::severity::error));
    for (const auto& severity : severities) {
        if (!known.contains(severity)) {
            faults.add("severity_filter", "severity_filter: info, success, warning or error");
        }
    }
}

void read_range(const net::request& request, storage::activity_filter& filter, fault_list& faults) {
    for (const auto& [name, bound] :
         {std::pair{"start_time", &filter.from}, std::pair{"end_time", &filter.to}}) {
        if (const auto given = request.query_value(name)) {
            *bound = parse_rfc3339(*given);
            if (!*bound) {
                faults.add(name, fmt::format("{}: a time such as 2026-01-31T12:00:00Z", name));
            }
        }
    }
}

void read_names(const net::request& request, storage::activity_filter& filter, fault_list& faults) {
    if (const auto user = request.query_value("user_id")) {
        const auto id = uuid::parse(*user);
        filter.actor = id ? "user:" + id->to_string() : "";
        if (!id) {
            faults.add("user_id", "user_id: the id of an account");
        }
    }
    filter.target_type = request.query_value("target_type").value_or("");
    filter.search = request.query_value("search").value_or("");
    check_line("target_type", filter.target_type, {search_max}, faults);
    check_line("search", filter.search, {search_max}, faults);
}

void read_page(const net::request& request, storage::activity_filter& filter, fault_list& faults) {
    if (const auto limit = request.query_value("limit")) {
        const auto* end = limit->data() + limit->size();
        const auto parsed = std::from_chars(limit->data(), end, filter.limit);
        if (parsed.ec != std::errc{} || parsed.ptr != end || filter.limit < 1 ||
            filter.limit > page_max) {
            faults.add("limit", "limit: a number from 1 to 200");
        }
    }
    if (const auto cursor = request.query_value("cursor")) {
        filter.before = uuid::parse(*cursor);
        if (!filter.before) {
            faults.add("cursor", "cursor: the next_cursor of an earlier page");
        }
    }
}

/// The filter that the query asks for, in the project of the path if there is one.
result<storage::activity_filter> read_filter(const incoming& in) {
    storage::activity_filter filter;
    if (in.project != nullptr) {
        filter.project = in.project->id;
    }
    if (in.team != nullptr) {
        filter.team = in.team->id;
    }
    fault_list faults;
    read_types(in.request, filter, faults);
    read_range(in.request, filter, faults);
    read_names(in.request, filter, faults);
    read_page(in.request, filter, faults);
    return faults.empty() ? result<storage::activity_filter>(std::move(filter)) : faults.to_error();
}

activity_summary_view summary_of(const std::vector<storage::activity_count>& counts) {
    activity_summary_view view;
    for (const auto& [type, total, recent] : counts) {
        view.total_activities += total;
        view.today_activities += recent;
        view.severity_breakdown[std::string(model::to_string(model::severity_of(type)))] += total;
        view.action_breakdown[std::string(model::to_string(type))] += total;
    }
    return view;
}

/// The newest of both, at most `limit`; ids of either kind are in the order of time.
activity_page_view merged(const std::vector<model::activity>& changes,
                          const std::vector<model::call_record>& calls, std::size_t limit) {
    auto views = views_of(changes);
    for (const auto& call : calls) {
        views.push_back(activity_of(call));
    }
    std::sort(views.begin(), views.end(),
              [](const auto& left, const auto& right) { return left.id > right.id; });
    activity_page_view page{std::move(views), std::nullopt};
    if (page.activities.size() >= limit) {
        page.activities.resize(limit);
        page.next_cursor = page.activities.back().id;
    }
    return page;
}

struct changes_and_calls {
    std::vector<model::activity> changes;
    std::vector<model::call_record> calls;
};

/// The feed with the tool calls of the project, which are read from the call log.
void answer_with_calls(const context& context, const incoming_ptr& in,
                       const storage::activity_filter& filter) {
    const bool narrowed = !filter.types.empty() || filter.types_of_severity ||
                          !filter.actor.empty() || !filter.target_type.empty() ||
                          !filter.search.empty();
    if (in->project == nullptr || narrowed) {
        in->exchange->respond(
            problem(400, "include_tool_calls: only for the whole feed of a project"));
        return;
    }
    storage::call_filter calls;
    calls.project = in->project->id;
    calls.to = filter.to.value_or(context.runtime.clock.wall() + std::chrono::seconds(1));
    calls.from = filter.from.value_or(calls.to - calls_reach);
    calls.before = filter.before;
    calls.limit = filter.limit;
    answer_from_database<changes_and_calls>(
        context, in,
        [filter, calls](pqxx::connection& connection) {
            return changes_and_calls{storage::list_activities(connection, filter),
                                     storage::query_calls(connection, calls).records};
        },
        [limit = static_cast<std::size_t>(filter.limit)](const changes_and_calls& found) {
            return json_response(to_json(merged(found.changes, found.calls, limit)));
        });
}

} // namespace

void list_activities(const context& context, const incoming_ptr& in) {
    const auto filter = read_filter(*in);
    const auto with_calls = read_flag(in->request, "include_tool_calls");
    if (!filter || !with_calls) {
        in->exchange->respond(problem(filter ? with_calls.error() : filter.error()));
        return;
    }
    if (with_calls->value_or(false)) {
        answer_with_calls(context, in, *filter);
        return;
    }
    using rows = std::vector<model::activity>;
    answer_from_database<rows>(
        context, in,
        [filter = *filter](pqxx::connection& connection) {
            return storage::list_activities(connection, filter);
        },
        [limit = static_cast<std::size_t>(filter->limit)](const rows& found) {
            activity_page_view page{views_of(found), std::nullopt};
            if (found.size() == limit) {
                page.next_cursor = found.back().id.to_string();
            }
            return json_response(to_json(page));
        });
}

void summarise_activities(const context& context, const incoming_ptr& in) {
    using rows = std::vector<storage::activity_count>;
    const auto now = context.runtime.clock.wall();
    answer_from_database<rows>(
        context, in,
        [project = in->project->id, now](pqxx::connection& connection) {
            return storage::count_activities(connection, project, now - std::chrono::hours(24));
        },
        [project = in->project->id, now](const rows& counts) {
            auto view = summary_of(counts);
            view.project_id = project.to_string();
            view.generated_at = to_rfc3339(now);
            return json_response(to_json(view));
        });
}

} // namespace orch::api
