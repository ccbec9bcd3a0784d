#include "storage/call_filter_sql.hpp"

#include "storage/call_log_row.hpp"

#include <fmt/format.h>

namespace orch::storage {

namespace {

/// The rows of a filter, without its cursor and limit.
statement select_from(std::string_view columns, const call_filter& filter) {
    statement out;
    auto& values = out.parameters;
    out.text = fmt::format("SELECT {} FROM call_log", columns);
    // One value per statement: arguments of one call are evaluated in any order.
    out.text += fmt::format(" WHERE project_id = ${}::uuid", values.id(filter.project.value));
    out.text += fmt::format(" AND id >= ${}::uuid", values.id(uuid::floor(filter.from)));
    out.text += fmt::format(" AND id < ${}::uuid", values.id(uuid::floor(filter.to)));
    if (!filter.statuses.empty()) {
        std::vector<std::string> names;
        names.reserve(filter.statuses.size());
        for (const auto status : filter.statuses) {
            names.emplace_back(model::to_string(status));
        }
        out.text += fmt::format(" AND status = ANY(${}::text[])", values.array(names));
    }
    if (filter.server) {
        out.text += fmt::format(" AND server_id = ${}::uuid", values.id(filter.server->value));
    }
    if (filter.session) {
        out.text += fmt::format(" AND session_id = ${}::uuid", values.id(filter.session->value));
    }
    if (!filter.tool_name.empty()) {
        out.text += fmt::format(" AND strpos(lower(tool_name), lower(${}::text)) > 0",
                                values.text(filter.tool_name));
    }
    return out;
}

} // namespace

statement list_statement(const call_filter& filter) {
    auto out = select_from(call_columns(), filter);
    if (filter.before) {
        out.text += fmt::format(" AND id < ${}::uuid", out.parameters.id(*filter.before));
    }
    out.text += fmt::format(" ORDER BY id DESC LIMIT ${}::bigint",
                            out.parameters.integer(std::int64_t{filter.limit} + 1));
    return out;
}

statement count_statement(const call_filter& filter) { return select_from("count(*)", filter); }

statement metrics_statement(const call_filter& filter) {
    constexpr std::string_view seconds =
        "extract(epoch FROM finished_at - received_at)::double precision";
    const auto percentiles = fmt::format(
        "percentile_cont(ARRAY[0.5, 0.95, 0.99]::double precision[]) WITHIN GROUP (ORDER BY {})",
        seconds);
    auto inner = select_from(
        fmt::format("count(*) AS total, count(*) FILTER (WHERE status = 'success') AS success,"
                    " count(*) FILTER (WHERE status = 'error') AS error,"
                    " count(*) FILTER (WHERE status = 'timeout') AS timeout,"
                    " count(*) FILTER (WHERE status = 'cancelled') AS cancelled,"
                    " avg({}) AS mean, {} AS p, count(DISTINCT tool_name) AS tools,"
                    " count(DISTINCT session_id) AS sessions",
                    seconds, percentiles),
        filter);
    inner.text = fmt::format("SELECT total, success, error, timeout, cancelled, tools, sessions,"
                             " mean, p[1], p[2], p[3] FROM ({}) AS measured",
                             inner.text);
    return inner;
}

statement errors_statement(const call_filter& filter) {
    auto out = select_from("failure, count(*)", filter);
    out.text += " AND failure <> '' GROUP BY failure ORDER BY count(*) DESC, failure";
    return out;
}

} // namespace orch::storage
