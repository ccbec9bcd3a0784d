#include "storage/call_filter_sql.hpp"
#include "storage/call_log_row.hpp"
#include "storage/call_log_store.hpp"
#include "storage/call_snapshot.hpp"

#include <pqxx/connection>
#include <pqxx/nontransaction>

#include <algorithm>

namespace orch::storage {

uuid newest_call_id(pqxx::connection& connection) {
    pqxx::nontransaction work{connection};
    // Class by class, because only (retention_days, id) is an index that all classes share.
    const auto rows = work.exec(
        "SELECT id FROM ("
        " (SELECT id FROM call_log WHERE retention_days = 7 ORDER BY id DESC LIMIT 1) UNION ALL"
        " (SELECT id FROM call_log WHERE retention_days = 30 ORDER BY id DESC LIMIT 1) UNION ALL"
        " (SELECT id FROM call_log WHERE retention_days = 90 ORDER BY id DESC LIMIT 1) UNION ALL"
        " (SELECT id FROM call_log WHERE retention_days = 365 ORDER BY id DESC LIMIT 1)"
        ") AS newest ORDER BY id DESC LIMIT 1");
    return rows.empty() ? uuid{} : read_id(rows[0][0]);
}

call_page query_calls(pqxx::connection& connection, const call_filter& filter) {
    snapshot work{connection};
    const auto found = run(work, find_statement(filter))[0];
    call_page page;
    if (!found[0].is_null()) {
        const auto count = found[0].as<std::uint64_t>();
        page.total_count = std::min(count, counted_calls_max);
        page.is_exact = count <= counted_calls_max;
    }
    const auto rows = run(work, rows_statement(filter.project, found[1].c_str()));
    const auto limit = static_cast<std::size_t>(std::max(filter.limit, 0));
    for (const auto& row : rows) {
        if (page.records.size() == limit) {
            break;
        }
        page.records.push_back(read_call(row));
    }
    if (rows.size() > limit && limit > 0) {
        page.next_cursor = page.records.back().id;
    }
    return page;
}

std::optional<model::call_record> find_call(pqxx::connection& connection, const project_id& project,
                                            const uuid& id) {
    pqxx::nontransaction work{connection};
    const auto rows = work.exec_params("SELECT " + call_columns() +
                                           " FROM call_log WHERE project_id = $1 AND id = $2",
                                       project.to_string(), id.to_string());
    return rows.empty() ? std::nullopt : std::optional{read_call(rows[0])};
}

} // namespace orch::storage
