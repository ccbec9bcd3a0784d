#include "storage/server_log_sql.hpp"

#include "storage/row_walk_sql.hpp"

#include <fmt/format.h>

#include <cstdint>

namespace orch::storage {

namespace {

constexpr std::string_view line_columns = "id, project_id, server_id, level, category, message";

void narrow_to_owner(const server_log_filter& filter, statement& out) {
    auto& values = out.parameters;
    if (filter.project) {
        out.text += fmt::format(" AND project_id = ${}::uuid", values.id(filter.project->value));
    }
    if (filter.servers.size() == 1) {
        // An array of one would not let the rows come in the order of the server's index.
        out.text += fmt::format(" AND server_id = ${}::uuid",
                                values.id(filter.servers.front().value));
    } else if (!filter.servers.empty()) {
        std::vector<std::string> ids;
        ids.reserve(filter.servers.size());
        for (const auto& server : filter.servers) {
            ids.push_back(server.to_string());
        }
        out.text += fmt::format(" AND server_id = ANY(${}::uuid[])", values.array(ids));
    }
}

/// `columns` of all lines of the filter, without its cursor and limit. Conditions may be added.
statement select_lines(std::string_view columns, const server_log_filter& filter) {
    statement out;
    auto& values = out.parameters;
    // One value per statement: arguments of one call are evaluated in any order.
    out.text = fmt::format("SELECT {} FROM server_log", columns);
    out.text += fmt::format(" WHERE id >= ${}::uuid", values.id(uuid::floor(filter.from)));
    out.text += fmt::format(" AND id < ${}::uuid", values.id(uuid::floor(filter.to)));
    narrow_to_owner(filter, out);
    if (!filter.levels.empty()) {
        out.text += fmt::format(" AND level = ANY(${}::text[])",
                                values.array(names_of(filter.levels)));
    }
    if (!filter.categories.empty()) {
        out.text += fmt::format(" AND category = ANY(${}::text[])",
                                values.array(names_of(filter.categories)));
    }
    if (!filter.search.empty()) {
        out.text += fmt::format(" AND search_text LIKE ${}::text",
                                values.owned(contains_pattern(filter.search)));
    }
    return out;
}

} // namespace

statement server_log_statement(const server_log_filter& filter) {
    auto out = select_lines("id", filter);
    auto& values = out.parameters;
    if (filter.before) {
        out.text += fmt::format(" AND id < ${}::uuid", values.id(*filter.before));
    }
    out.text += fmt::format(" ORDER BY id DESC LIMIT ${}::bigint",
                            values.integer(std::int64_t{filter.limit} + 1));
    out.text = fmt::format("SELECT {} FROM server_log WHERE id = ANY(ARRAY({})) ORDER BY id DESC",
                           line_columns, out.text);
    return out;
}

statement lines_end_statement(const server_log_filter& filter, const uuid& last, int rows_max) {
    server_log_filter all;
    all.project = filter.project;
    all.from = filter.from;
    all.to = filter.to;
    auto out = select_lines("id", all);
    find_walk_end(out, last, rows_max);
    return out;
}

statement next_lines_statement(const server_log_filter& filter, const uuid& last,
                               const std::optional<uuid>& end, int limit) {
    auto out = select_lines("id", filter);
    find_next_rows(out, last, end, limit);
    out.text = fmt::format("SELECT {} FROM server_log WHERE id = ANY(ARRAY({})) ORDER BY id",
                           line_columns, out.text);
    return out;
}

statement server_log_counts_statement(const server_log_filter& filter) {
    auto out = select_lines("level, category, count(*)", filter);
    out.text += " GROUP BY level, category";
    return out;
}

} // namespace orch::storage
