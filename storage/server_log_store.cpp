#include "storage/server_log_store.hpp"

#include "storage/call_snapshot.hpp"
#include "storage/row_page.hpp"
#include "storage/server_log_sql.hpp"

#include <pqxx/connection>
#include <pqxx/nontransaction>
#include <pqxx/result>
#include <pqxx/transaction>

#include <algorithm>
#include <utility>

namespace orch::storage {

namespace {

// What another version wrote and this one does not know is read as the plainest of its kind.
model::log_level read_level(const pqxx::field& field) {
    return model::parse_log_level(field.c_str()).value_or(model::log_level::info);
}

model::log_category read_category(const pqxx::field& field) {
    return model::parse_log_category(field.c_str()).value_or(model::log_category::output);
}

model::server_log_entry read_line(const pqxx::row& row) {
    return {read_id(row[0]),    {read_id(row[1])},     {read_id(row[2])},
            read_level(row[3]), read_category(row[4]), read_text(row[5])};
}

} // namespace

void insert_server_log(pqxx::connection& connection,
                       const std::vector<model::server_log_entry>& entries) {
    connection.prepare("insert_server_log",
                       "INSERT INTO server_log (id, project_id, server_id, level, category,"
                       " message, search_text) VALUES ($1, $2, $3, $4, $5, $6, $7)"
                       " ON CONFLICT DO NOTHING");
    pqxx::work work{connection};
    for (const auto& entry : entries) {
        parameter_list values;
        values.id(entry.id);
        values.id(entry.project.value);
        values.id(entry.server.value);
        values.name(model::to_string(entry.level));
        values.name(model::to_string(entry.category));
        values.text(entry.message);
        values.text(entry.search_text);
        work.exec_prepared0("insert_server_log", values.dynamic());
    }
    work.commit();
}

namespace {

server_log_page page_of(pqxx::transaction_base& work, const server_log_filter& filter) {
    const auto rows = run(work, server_log_statement(filter));
    server_log_page page;
    if (read_page(rows, filter.limit, page.entries, read_line)) {
        page.next_cursor = page.entries.back().id;
    }
    return page;
}

} // namespace

server_log_page query_server_log(pqxx::connection& connection, const server_log_filter& filter) {
    pqxx::nontransaction work{connection};
    return page_of(work, filter);
}

walk_step<model::server_log_entry> lines_after(pqxx::connection& connection,
                                               const server_log_filter& wanted, const uuid& last,
                                               const walk_limits& limits) {
    // Nothing earlier is behind it, and a range leaves out the days before.
    auto filter = wanted;
    filter.from = last.timestamp();
    filter.to = latest_row;
    snapshot work{connection};
    const auto end = run(work, lines_end_statement(filter, last, limits.rows_max));
    walk_step<model::server_log_entry> step;
    if (!end.empty()) {
        step.next = read_id(end[0][0]);
    }
    for (const auto& row :
         run(work, next_lines_statement(filter, last, step.next, limits.found_max))) {
        step.rows.push_back(read_line(row));
    }
    if (std::cmp_equal(step.rows.size(), limits.found_max)) {
        step.next = step.rows.back().id;
    }
    return step;
}

uuid newest_line(pqxx::connection& connection) {
    pqxx::nontransaction work{connection};
    const auto rows = work.exec("SELECT id FROM server_log ORDER BY id DESC LIMIT 1");
    return rows.empty() ? uuid{} : read_id(rows[0][0]);
}

server_log_summary summarise_server_log(pqxx::connection& connection,
                                        const server_log_filter& filter) {
    snapshot work{connection};
    server_log_summary out;
    for (const auto& row : run(work, server_log_counts_statement(filter))) {
        out.counts.push_back(
            {read_level(row[0]), read_category(row[1]), row[2].as<std::uint64_t>()});
    }
    auto errors = filter;
    errors.levels = {model::log_level::error};
    errors.limit = newest_errors_max;
    out.newest_errors = page_of(work, errors).entries;
    return out;
}

} // namespace orch::storage
