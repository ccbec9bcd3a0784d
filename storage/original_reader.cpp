#include "storage/original_reader.hpp"

#include "storage/sql_values.hpp"

#include <fmt/format.h>
#include <pqxx/connection>
#include <pqxx/result>
#include <pqxx/transaction>

#include <array>
#include <optional>
#include <set>

namespace orch::storage {

namespace {

constexpr std::array tables{"users",           "teams",       "team_members", "projects",
                            "project_members", "mcp_servers", "api_keys",     "tool_preferences",
                            "user_favorites"};
/// Without these it is another database.
constexpr std::array needed{"users", "projects", "mcp_servers"};

using snapshot = pqxx::transaction<pqxx::repeatable_read, pqxx::read_only>;

/// The schema that its tables are in: its own, or the common one.
std::optional<std::string> find_schema(snapshot& work) {
    for (const char* schema : {"mcp_orch", "public"}) {
        std::set<std::string> present;
        for (const auto& row : work.exec_params(
                 "SELECT table_name FROM information_schema.tables WHERE table_schema = $1",
                 schema)) {
            present.insert(read_text(row[0]));
        }
        bool whole = true;
        for (const auto* table : needed) {
            whole = whole && present.contains(table);
        }
        if (whole) {
            return schema;
        }
    }
    return std::nullopt;
}

bool has_table(snapshot& work, const std::string& schema, const char* table) {
    return work.exec_params1("SELECT count(*) FROM information_schema.tables"
                             " WHERE table_schema = $1 AND table_name = $2",
                             schema, table)[0]
               .as<int>() > 0;
}

std::vector<std::string> read_table(snapshot& work, const std::string& schema, const char* table) {
    std::vector<std::string> rows;
    for (const auto& row : work.exec_params(
             fmt::format("SELECT to_jsonb(t)::text FROM {}.{} AS t ORDER BY t.created_at, t.id"
                         " LIMIT $1",
                         work.quote_name(schema), work.quote_name(table)),
             original_rows::rows_max + 1)) {
        rows.push_back(read_text(row[0]));
    }
    return rows;
}

} // namespace

result<original_rows> read_original(pqxx::connection& connection) {
    snapshot work(connection);
    const auto schema = find_schema(work);
    if (!schema) {
        return error{errc::not_found, "The source holds no tables of the Python mcp-orch."};
    }
    original_rows found;
    for (const auto* table : tables) {
        auto& rows = found.tables[table];
        if (has_table(work, *schema, table)) {
            rows = read_table(work, *schema, table);
        }
        if (rows.size() > original_rows::rows_max) {
            return error{errc::too_large, fmt::format("The table {} of the source has more than {} "
                                                      "rows.",
                                                      table, original_rows::rows_max)};
        }
    }
    return found;
}

} // namespace orch::storage
