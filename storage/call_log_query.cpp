#include "storage/call_filter_sql.hpp"
#include "storage/call_log_row.hpp"
#include "storage/call_log_store.hpp"
#include "storage/call_snapshot.hpp"
#include "storage/row_page.hpp"

#include <pqxx/connection>
#include <pqxx/nontransaction>

#include <algorithm>
#include <utility>

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
    const auto rows = run(work, rows_statement(filter, found[1].c_str()));
    if (read_page(rows, filter.limit, page.records, read_call)) {
        page.next_cursor = page.records.back().id;
    }
    return page;
}

walk_step<model::call_record> calls_after(pqxx::connection& connection, const call_filter& wanted,
                                          const uuid& last, const walk_limits& limits) {
    // Nothing earlier is behind it, and a range leaves out the days before.
    auto filter = wanted;
    filter.from = last.timestamp();
    filter.to = latest_row;
    snapshot work{connection};
    const auto end = run(work, walk_end_statement(filter, last, limits.rows_max));
    walk_step<model::call_record> step;
    if (!end.empty()) {
        step.next = read_id(end[0][0]);
    }
    const auto found = run(work, next_statement(filter, last, step.next, limits.found_max))[0];
    const auto rows = run(work, rows_statement(filter, found[0].c_str()));
    for (auto row = rows.size(); row > 0; --row) {
        step.rows.push_back(read_call(rows[row - 1]));
    }
    if (std::cmp_equal(step.rows.size(), limits.found_max)) {
        step.next = step.rows.back().id;
    }
    return step;
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
