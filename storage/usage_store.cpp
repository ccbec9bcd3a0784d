#include "storage/usage_store.hpp"

#include "storage/call_snapshot.hpp"

#include <fmt/format.h>
#include <pqxx/connection>

namespace orch::storage {

namespace {

constexpr std::string_view counted =
    "sum(calls) AS calls, sum(successes), sum(errors), sum(timeouts), sum(cancellations),"
    // Sums of a bigint are numeric: they may be larger than one.
    " least(sum(argument_bytes), 9223372036854775807),"
    " least(sum(result_bytes), 9223372036854775807)";

usage_counts read_counts(const pqxx::row& row, pqxx::row::size_type at) {
    usage_counts out;
    for (auto* count : {&out.calls, &out.successes, &out.errors, &out.timeouts, &out.cancellations,
                        &out.argument_bytes, &out.result_bytes}) {
        *count = row[at++].as<std::uint64_t>(0);
    }
    return out;
}

/// Days as numbers from 1970 on, so that no year is too large for a text.
int number_of(std::chrono::sys_days day) { return day.time_since_epoch().count(); }

statement select_usage(std::string_view columns, const usage_filter& filter) {
    statement out;
    auto& values = out.parameters;
    const auto from = values.integer(number_of(filter.from));
    const auto to = values.integer(number_of(filter.to));
    out.text = fmt::format(
        "SELECT {} FROM usage_daily WHERE day >= DATE '1970-01-01' + ${}::integer"
        " AND day <= DATE '1970-01-01' + ${}::integer",
        columns, from, to);
    if (filter.project) {
        out.text += fmt::format(" AND project_id = ${}::uuid", values.id(filter.project->value));
    }
    return out;
}

std::string_view value_of(usage_group by) {
    switch (by) {
    case usage_group::day: return "day - DATE '1970-01-01'";
    case usage_group::project: return "project_id";
    case usage_group::principal:
    case usage_group::key: return "principal";
    case usage_group::user: return "user_id";
    }
    return "principal";
}

statement groups_statement(const usage_filter& filter) {
    auto out = select_usage(fmt::format("{} AS value, {}", value_of(filter.by), counted), filter);
    if (filter.by == usage_group::key) {
        out.text += " AND starts_with(principal, 'key:')";
    }
    out.text += fmt::format(" GROUP BY 1 ORDER BY calls DESC, value LIMIT ${}::bigint",
                            out.parameters.integer(usage_rows_max + 1));
    return out;
}

/// A row for every day of the range.
std::vector<usage_row> empty_days(const usage_filter& filter) {
    std::vector<usage_row> days;
    for (auto day = filter.from; day <= filter.to && days.size() < usage_days_max;
         day += std::chrono::days(1)) {
        days.push_back({day});
    }
    return days;
}

} // namespace

usage_report report_usage(pqxx::connection& connection, const usage_filter& filter) {
    snapshot work{connection};
    usage_report report{read_counts(run(work, select_usage(counted, filter))[0], 0), {}};
    const auto found = run(work, groups_statement(filter));
    if (filter.by == usage_group::day) {
        report.rows = empty_days(filter);
        for (const auto& row : found) {
            const auto at = row[0].as<int>() - number_of(filter.from);
            report.rows.at(static_cast<std::size_t>(at)).counts = read_counts(row, 1);
        }
        return report;
    }
    report.has_more = found.size() > usage_rows_max;
    for (const auto& row : found) {
        if (report.rows.size() < usage_rows_max) {
            report.rows.push_back(
                {{}, row[0].is_null() ? "" : read_text(row[0]), read_counts(row, 1)});
        }
    }
    return report;
}

} // namespace orch::storage
