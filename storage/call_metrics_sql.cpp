#include "storage/call_metrics_sql.hpp"

#include "storage/call_filter_sql.hpp"

#include <fmt/format.h>

namespace orch::storage {

namespace {

constexpr std::string_view measured_names =
    "total, success, error, timeout, cancelled, tools, sessions, principals, mean,"
    " p[1], p[2], p[3]";

/// What `measured_names` are made of. `date_part` gives a float8 where `extract` gives a numeric,
/// and names are told apart by their bytes: both cost a third less than what SQL would do.
constexpr std::string_view measured_aggregates =
    "count(*) AS total, count(*) FILTER (WHERE status = 'success') AS success,"
    " count(*) FILTER (WHERE status = 'error') AS error,"
    " count(*) FILTER (WHERE status = 'timeout') AS timeout,"
    " count(*) FILTER (WHERE status = 'cancelled') AS cancelled,"
    " count(DISTINCT tool_name COLLATE \"C\") AS tools, count(DISTINCT session_id) AS sessions,"
    " count(DISTINCT principal COLLATE \"C\") AS principals,"
    " avg(date_part('epoch', finished_at - received_at)) AS mean,"
    " percentile_cont(ARRAY[0.5, 0.95, 0.99]::double precision[]) WITHIN GROUP"
    " (ORDER BY date_part('epoch', finished_at - received_at)) AS p";

/// The number of a row's bucket. The row's id holds the milliseconds of the completion in its first
/// 48 bits.
std::string bucket_of(const call_filter& filter, std::chrono::milliseconds width,
                      parameter_list& values) {
    const auto from = std::chrono::floor<std::chrono::milliseconds>(filter.from).time_since_epoch();
    const auto first = values.integer(from.count());
    const auto length = values.integer(width.count());
    return fmt::format("(('x' || translate(substring(id::text FROM 1 FOR 13), '-', ''))::bit(48)"
                       "::bigint - ${}::bigint) / ${}::bigint",
                       first, length);
}

struct group_columns {
    std::string_view value;
    std::string_view server;
    std::string_view by;
};

group_columns columns_of(call_group by) {
    switch (by) {
    case call_group::server: return {"max(server_name)", "server_id", "server_id"};
    case call_group::tool: return {"tool_name", "server_id", "server_id, tool_name"};
    case call_group::client_type: return {"client_type", "NULL::uuid", "client_type"};
    case call_group::principal: return {"principal", "NULL::uuid", "principal"};
    }
    return {"principal", "NULL::uuid", "principal"};
}

std::string_view order_of(group_order order) {
    switch (order) {
    case group_order::calls: return "total DESC";
    case group_order::slowest: return "p[2] DESC";
    case group_order::failing: return "total - success DESC";
    }
    return "total DESC";
}

struct facet_columns {
    std::string_view value;
    std::string_view server = "NULL::uuid";
};

facet_columns columns_of(call_facet facet) {
    switch (facet) {
    case call_facet::status: return {"status"};
    case call_facet::server: return {"max(server_name)", "server_id"};
    case call_facet::tool: return {"tool_name"};
    case call_facet::client_type: return {"client_type"};
    case call_facet::principal: return {"principal"};
    case call_facet::failure: return {"failure"};
    }
    return {"status"};
}

} // namespace

statement metrics_statement(const call_filter& filter) {
    auto out = select_calls(measured_aggregates, filter);
    out.text = fmt::format("SELECT {} FROM ({}) AS measured", measured_names, out.text);
    return out;
}

statement errors_statement(const call_filter& filter) {
    auto out = select_calls("failure, count(*)", filter);
    out.text += " AND failure <> '' GROUP BY failure ORDER BY count(*) DESC, failure";
    return out;
}

statement groups_statement(const call_filter& filter, call_group by, const std::string& prefix,
                           group_order order, int limit) {
    const auto [value, server, key] = columns_of(by);
    auto out = select_calls(fmt::format("{} AS value, {} AS server, max(server_name) AS name, {}",
                                        value, server, measured_aggregates),
                            filter);
    if (!prefix.empty()) {
        out.text += fmt::format(" AND starts_with({}, ${}::text)", key,
                                out.parameters.owned(prefix));
    }
    out.text = fmt::format("SELECT value, server, name, {} FROM ({} GROUP BY {}) AS measured"
                           " ORDER BY {}, value, server LIMIT ${}::bigint",
                           measured_names, out.text, key, order_of(order),
                           out.parameters.integer(limit));
    return out;
}

statement series_statement(const call_filter& filter, std::chrono::milliseconds width) {
    auto out = select_calls(
        "id, status, tool_name, session_id, principal, finished_at, received_at", filter);
    const auto bucket = bucket_of(filter, width, out.parameters);
    out.text = fmt::format("SELECT bucket, {} FROM (SELECT {} AS bucket, {} FROM ({}) AS calls"
                           " GROUP BY 1) AS measured",
                           measured_names, bucket, measured_aggregates, out.text);
    return out;
}

statement unused_tools_statement(const call_filter& filter) {
    statement out;
    auto& values = out.parameters;
    const auto project = values.id(filter.project.value);
    const auto from = values.id(uuid::floor(filter.from));
    const auto to = values.id(uuid::floor(filter.to));
    out.text = fmt::format(
        "SELECT servers.id, servers.name, server_items.name FROM servers"
        " JOIN server_items ON server_items.server_id = servers.id AND server_items.kind = 'tools'"
        " WHERE servers.project_id = ${0}::uuid AND (servers.id, server_items.name) NOT IN"
        " (SELECT server_id, tool_name FROM call_log WHERE project_id = ${0}::uuid"
        " AND id >= ${1}::uuid AND id < ${2}::uuid AND server_id IS NOT NULL)"
        " ORDER BY servers.name, server_items.name LIMIT {3}",
        project, from, to, unused_tools_max);
    return out;
}

call_filter without(call_facet facet, call_filter filter) {
    switch (facet) {
    case call_facet::status: filter.statuses.clear(); break;
    case call_facet::server: filter.server.reset(); break;
    case call_facet::tool: filter.tool_name.clear(); break;
    case call_facet::client_type: filter.client_types.clear(); break;
    case call_facet::principal: filter.principal.clear(); break;
    case call_facet::failure: filter.failures.clear(); break;
    }
    return filter;
}

statement facet_statement(const call_filter& filter, call_facet facet) {
    const auto [value, server] = columns_of(facet);
    auto out = select_calls(
        fmt::format("{} AS value, {} AS server, count(*) AS calls", value, server), filter);
    if (facet == call_facet::failure) {
        out.text += " AND failure <> ''";
    }
    out.text += facet == call_facet::server ? " GROUP BY server_id"
                                            : fmt::format(" GROUP BY {}", value);
    out.text += fmt::format(" ORDER BY calls DESC, value LIMIT ${}::bigint",
                            out.parameters.integer(facet_values_max));
    return out;
}

statement histogram_statement(const call_filter& filter, std::chrono::milliseconds width) {
    auto out = select_calls("id, status", filter);
    const auto bucket = bucket_of(filter, width, out.parameters);
    out.text = fmt::format("SELECT {} AS bucket, status, count(*) FROM ({}) AS calls GROUP BY 1, 2",
                           bucket, out.text);
    return out;
}

} // namespace orch::storage
