#include "api/admin/handlers.hpp"
#include "api/fault_list.hpp"
#include "api/principal_names.hpp"
#include "api/query.hpp"
#include "api/query_reader.hpp"
#include "api/timestamps.hpp"
#include "api/usage_types.hpp"
#include "storage/usage_store.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

// What was used, day by day: of one project for its members, of all for administrators.

namespace orch::api {

namespace {

using storage::usage_group;

constexpr std::chrono::days days_default{30};

struct grouping {
    std::string_view name;
    usage_group by;
};
/// Of all projects; those of one project are the ones behind the first. The first is the default.
constexpr std::array groupings{
    grouping{"project", usage_group::project}, grouping{"day", usage_group::day},
    grouping{"principal", usage_group::principal}, grouping{"key", usage_group::key},
    grouping{"user", usage_group::user}};

/// Takes the query apart; what is wrong with it is told at the end.
class usage_query_reader {
public:
    usage_query_reader(const net::request& request, fault_list& faults)
        : request_(request), faults_(faults) {}

    void read_range(std::chrono::sys_days today, storage::usage_filter& into) {
        into.to = day("to").value_or(today);
        into.from = day("from").value_or(into.to - (days_default - std::chrono::days(1)));
        if (into.from > into.to) {
            faults_.add("from", "from: a day that is not after the last one");
        } else if (into.to - into.from >= std::chrono::days(storage::usage_days_max)) {
            faults_.add("from",
                        fmt::format("from: at most {} days altogether", storage::usage_days_max));
        }
    }
    grouping read_group(std::span<const grouping> offered) {
        const auto given = request_.query_value("group_by").value_or(offered.front().name);
        const auto found = std::find_if(offered.begin(), offered.end(),
                                        [&](const auto& entry) { return entry.name == given; });
        if (found != offered.end()) {
            return *found;
        }
        std::vector<std::string_view> names;
        std::transform(offered.begin(), offered.end(), std::back_inserter(names),
                       [](const auto& entry) { return entry.name; });
        faults_.add("group_by", fmt::format("group_by: one of {}", fmt::join(names, ", ")));
        return offered.front();
    }

private:
    std::optional<std::chrono::sys_days> day(std::string_view name) {
        const auto given = request_.query_value(name);
        const auto read = given ? parse_day(*given) : std::nullopt;
        if (given && !read) {
            faults_.add(std::string(name), fmt::format("{}: a day such as 2026-01-31", name));
        }
        return read;
    }

    const net::request& request_;
    fault_list& faults_;
};

usage_counts_view view_of(const storage::usage_counts& counts) {
    return {counts.calls,         counts.successes,      counts.errors,      counts.timeouts,
            counts.cancellations, counts.argument_bytes, counts.result_bytes};
}

std::optional<std::string> name_of(usage_group by, const std::string& value,
                                   const model::registry& registry) {
    switch (by) {
    case usage_group::day: return std::nullopt;
    case usage_group::project: {
        const auto* project = registry.find_project(value);
        return project != nullptr ? std::optional(project->name) : std::nullopt;
    }
    case usage_group::principal:
    case usage_group::key:
    case usage_group::user: return name_of_principal(value, registry);
    }
    return std::nullopt;
}

std::optional<std::string> value_of(const storage::usage_row& row, usage_group by) {
    if (row.day) {
        return to_text(*row.day);
    }
    if (row.value.empty()) {
        return std::nullopt;
    }
    return by == usage_group::user ? fmt::format("user:{}", row.value) : row.value;
}

usage_view view_of(const storage::usage_report& report, const storage::usage_filter& filter,
                   std::string_view group_by, const model::registry& registry) {
    usage_view view{
        to_text(filter.from), to_text(filter.to), std::string(group_by), view_of(report.total), {},
        report.has_more};
    for (const auto& row : report.rows) {
        const auto value = value_of(row, filter.by);
        view.rows.push_back(
            {{view_of(row.counts)}, value, name_of(filter.by, value.value_or(""), registry)});
    }
    return view;
}

void answer_with_usage(const context& context, const incoming_ptr& in,
                       const std::optional<project_id>& project,
                       std::span<const grouping> offered) {
    fault_list faults;
    usage_query_reader reader(in->request, faults);
    storage::usage_filter filter;
    filter.project = project;
    const auto now = context.runtime.clock.wall();
    reader.read_range(std::chrono::floor<std::chrono::days>(now), filter);
    const auto grouped = reader.read_group(offered);
    filter.by = grouped.by;
    if (!faults.empty()) {
        in->exchange->respond(problem(faults.to_error()));
        return;
    }
    answer_from_database<storage::usage_report>(
        context, in,
        [filter](pqxx::connection& live) { return storage::report_usage(live, filter); },
        [in, filter, name = grouped.name](const storage::usage_report& report) {
            return json_response(to_json(view_of(report, filter, name, *in->registry)));
        });
}

} // namespace

void show_usage(const context& context, const incoming_ptr& in) {
    answer_with_usage(context, in, in->project->id, std::span(groupings).subspan(1));
}

void show_all_usage(const context& context, const incoming_ptr& in) {
    const auto named = in->request.query_value("project_id");
    if (!named) {
        answer_with_usage(context, in, std::nullopt, groupings);
        return;
    }
    const auto id = project_named(*in->registry, *named);
    if (!id) {
        in->exchange->respond(
            problem(fault_in("project_id", "project_id: the id or name of a project")));
        return;
    }
    answer_with_usage(context, in, id, std::span(groupings).subspan(1));
}

} // namespace orch::api
