#include "storage/call_filter_sql.hpp"

#include "storage/call_log_row.hpp"

#include <fmt/format.h>

namespace orch::storage {

namespace {

constexpr std::string_view duration = "(finished_at - received_at)";

void narrow_by_caller(const call_filter& filter, statement& out) {
    auto& values = out.parameters;
    if (!filter.principal.empty()) {
        out.text += fmt::format(" AND principal = ${}::text", values.text(filter.principal));
    }
    if (!filter.client_types.empty()) {
        out.text += fmt::format(" AND client_type = ANY(${}::text[])",
                                values.array(filter.client_types));
    }
}

void narrow_by_outcome(const call_filter& filter, statement& out) {
    auto& values = out.parameters;
    if (!filter.failures.empty()) {
        std::vector<std::string> names;
        names.reserve(filter.failures.size());
        for (const auto failure : filter.failures) {
            names.emplace_back(model::to_string(failure));
        }
        out.text += fmt::format(" AND failure = ANY(${}::text[])", values.array(names));
    }
    if (filter.shortest) {
        out.text += fmt::format(" AND {} >= ${}::bigint * interval '1 ms'", duration,
                                values.integer(filter.shortest->count()));
    }
    if (filter.longest) {
        out.text += fmt::format(" AND {} <= ${}::bigint * interval '1 ms'", duration,
                                values.integer(filter.longest->count()));
    }
}

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
    narrow_by_caller(filter, out);
    narrow_by_outcome(filter, out);
    return out;
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
    auto out = select_from(
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
    // The id holds the milliseconds of the completion in its first 48 bits.
    auto inner = select_from(
        "('x' || translate(substring(id::text FROM 1 FOR 13), '-', ''))::bit(48)"
        "::bigint AS at, status",
        filter);
    const auto from = std::chrono::floor<std::chrono::milliseconds>(filter.from).time_since_epoch();
    const auto first = inner.parameters.integer(from.count());
    const auto length = inner.parameters.integer(width.count());
    inner.text = fmt::format("SELECT (at - ${}::bigint) / ${}::bigint AS bucket, status, count(*)"
                             " FROM ({}) AS placed GROUP BY 1, 2",
                             first, length, inner.text);
    return inner;
}

statement errors_statement(const call_filter& filter) {
    auto out = select_from("failure, count(*)", filter);
    out.text += " AND failure <> '' GROUP BY failure ORDER BY count(*) DESC, failure";
    return out;
}

} // namespace orch::storage
