#include "storage/call_filter_sql.hpp"

#include "storage/call_log_row.hpp"
#include "storage/row_walk_sql.hpp"

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
        out.text += fmt::format(" AND failure = ANY(${}::text[])",
                                values.array(names_of(filter.failures)));
    }
    if (filter.shortest) {
        out.text += fmt::format(" AND {} >= ${}::bigint * interval '1 us'", duration,
                                values.integer(filter.shortest->count()));
    }
    if (filter.longest) {
        out.text += fmt::format(" AND {} <= ${}::bigint * interval '1 us'", duration,
                                values.integer(filter.longest->count()));
    }
}

} // namespace

statement select_calls(std::string_view columns, const call_filter& filter) {
    statement out;
    auto& values = out.parameters;
    out.text = fmt::format("SELECT {} FROM call_log", columns);
    // One value per statement: arguments of one call are evaluated in any order.
    out.text += fmt::format(" WHERE project_id = ${}::uuid", values.id(filter.project.value));
    out.text += fmt::format(" AND id >= ${}::uuid", values.id(uuid::floor(filter.from)));
    out.text += fmt::format(" AND id < ${}::uuid", values.id(uuid::floor(filter.to)));
    if (!filter.statuses.empty()) {
        out.text += fmt::format(" AND status = ANY(${}::text[])",
                                values.array(names_of(filter.statuses)));
    }
    if (filter.server) {
        out.text += fmt::format(" AND server_id = ${}::uuid", values.id(filter.server->value));
    }
    if (filter.session) {
        out.text += fmt::format(" AND session_id = ${}::uuid", values.id(filter.session->value));
    }
    if (!filter.tool_name.empty()) {
        // Only ASCII has two cases here, as in `passes`, whatever the database believes.
        out.text += fmt::format(
            " AND strpos(lower(tool_name COLLATE \"C\"), lower(${}::text COLLATE \"C\")) > 0",
            values.text(filter.tool_name));
    }
    narrow_by_caller(filter, out);
    narrow_by_outcome(filter, out);
    if (!filter.search.empty()) {
        out.text += fmt::format(" AND search_text LIKE ${}::text",
                                values.owned(contains_pattern(filter.search)));
    }
    return out;
}

statement find_statement(const call_filter& filter) {
    auto out = select_calls("id", filter);
    auto& values = out.parameters;
    auto part = fmt::format(" ORDER BY id DESC LIMIT ${}::bigint",
                            values.integer(std::int64_t{filter.limit} + 1));
    if (filter.offset > 0) {
        part += fmt::format(" OFFSET ${}::bigint", values.integer(filter.offset));
    }
    if (filter.before) {
        out.text = fmt::format("SELECT NULL, ARRAY({} AND id < ${}::uuid{})", out.text,
                               values.id(*filter.before), part);
    } else {
        out.text = fmt::format(
            "WITH found AS MATERIALIZED ({} ORDER BY id DESC LIMIT {})"
            " SELECT (SELECT count(*) FROM found), ARRAY(SELECT id FROM found{})",
            out.text, counted_calls_max + 1, part);
    }
    return out;
}

statement walk_end_statement(const call_filter& filter, const uuid& last, int rows_max) {
    call_filter all;
    all.project = filter.project;
    all.from = filter.from;
    all.to = filter.to;
    auto out = select_calls("id", all);
    find_walk_end(out, last, rows_max);
    return out;
}

statement next_statement(const call_filter& filter, const uuid& last,
                         const std::optional<uuid>& end, int limit) {
    auto out = select_calls("id", filter);
    find_next_rows(out, last, end, limit);
    out.text = fmt::format("SELECT ARRAY({})", out.text);
    return out;
}

statement rows_statement(const call_filter& filter, const std::string& ids) {
    statement out;
    auto& values = out.parameters;
    const auto owner = values.id(filter.project.value);
    out.text = fmt::format("SELECT {} FROM call_log WHERE project_id = ${}::uuid"
                           " AND id = ANY(${}::uuid[]) ORDER BY id DESC",
                           filter.with_bodies ? call_columns() : preview_call_columns(), owner,
                           values.owned(ids));
    return out;
}

} // namespace orch::storage
