#include "storage/call_filter_sql.hpp"

#include "storage/call_log_row.hpp"

#include <fmt/format.h>

namespace orch::storage {

namespace {

constexpr std::string_view duration = "(finished_at - received_at)";

/// Matches what contains `text`.
std::string like_pattern(std::string_view text) {
    std::string out = "%";
    for (const char c : text) {
        if (c == '%' || c == '_' || c == '\\') {
            out += '\\';
        }
        out += c;
    }
    return out += '%';
}

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
    if (!filter.search.empty()) {
        out.text += fmt::format(" AND search_text LIKE ${}::text",
                                values.owned(like_pattern(filter.search)));
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

statement rows_statement(const project_id& project, const std::string& ids) {
    statement out;
    auto& values = out.parameters;
    const auto owner = values.id(project.value);
    out.text = fmt::format("SELECT {} FROM call_log WHERE project_id = ${}::uuid"
                           " AND id = ANY(${}::uuid[]) ORDER BY id DESC",
                           call_columns(), owner, values.owned(ids));
    return out;
}

} // namespace orch::storage
