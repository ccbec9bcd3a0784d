#include "storage/log_view_store.hpp"

#include "storage/sql_values.hpp"

#include <fmt/format.h>
#include <pqxx/connection>
#include <pqxx/nontransaction>
#include <pqxx/result>
#include <pqxx/transaction_base>

namespace orch::storage {

namespace {

constexpr auto of_owner = "user_id = $1::uuid AND project_id = $2::uuid";

parameter_list values_of(const log_view_owner& owner) {
    parameter_list values;
    values.id(owner.user.value);
    values.id(owner.project.value);
    return values;
}

std::string selection() {
    return fmt::format("SELECT id, user_id, project_id, name, query, {}, {} FROM log_views"
                       " WHERE {}",
                       time_column("created_at"), time_column("updated_at"), of_owner);
}

log_view read_view(const pqxx::row& row) {
    return {{read_id(row[0])}, {read_id(row[1])}, {read_id(row[2])}, read_text(row[3]),
            read_text(row[4]), read_time(row[5]), read_time(row[6])};
}

bool is_name_taken(pqxx::transaction_base& work, const log_view& wanted) {
    auto values = values_of({wanted.user, wanted.project});
    values.text(wanted.name);
    values.id(wanted.id.value);
    return !work.exec_params(fmt::format("SELECT 1 FROM log_views WHERE {} AND name = $3::text"
                                         " AND id <> $4::uuid",
                                         of_owner),
                             values.dynamic())
                .empty();
}

} // namespace

std::vector<log_view> list_log_views(pqxx::connection& connection, const log_view_owner& owner) {
    pqxx::nontransaction work{connection};
    const auto values = values_of(owner);
    std::vector<log_view> views;
    for (const auto& row : work.exec_params(
             fmt::format("{} ORDER BY lower(name) COLLATE \"C\", name COLLATE \"C\"", selection()),
             values.dynamic())) {
        views.push_back(read_view(row));
    }
    return views;
}

std::optional<log_view> find_log_view(pqxx::transaction_base& work, const log_view_owner& owner,
                                      const log_view_id& id) {
    auto values = values_of(owner);
    values.id(id.value);
    const auto found = work.exec_params(fmt::format("{} AND id = $3::uuid", selection()),
                                        values.dynamic());
    return found.empty() ? std::nullopt : std::optional(read_view(found[0]));
}

std::optional<log_view> find_log_view(pqxx::connection& connection, const log_view_owner& owner,
                                      const log_view_id& id) {
    pqxx::nontransaction work{connection};
    return find_log_view(work, owner, id);
}

std::int64_t count_log_views(pqxx::transaction_base& work, const log_view_owner& owner) {
    const auto values = values_of(owner);
    return work
        .exec_params1(fmt::format("SELECT count(*) FROM log_views WHERE {}", of_owner),
                      values.dynamic())[0]
        .as<std::int64_t>();
}

bool save_log_view(pqxx::transaction_base& work, const log_view& saved) {
    if (is_name_taken(work, saved)) {
        return false;
    }
    parameter_list values;
    values.id(saved.id.value);
    values.id(saved.project.value);
    values.id(saved.user.value);
    values.text(saved.name);
    values.text(saved.query);
    values.time(saved.created_at);
    values.time(saved.updated_at);
    work.exec_params0("INSERT INTO log_views (id, project_id, user_id, name, query, created_at,"
                      " updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7)"
                      " ON CONFLICT (id) DO UPDATE SET name = excluded.name,"
                      " query = excluded.query, updated_at = excluded.updated_at",
                      values.dynamic());
    return true;
}

bool delete_log_view(pqxx::transaction_base& work, const log_view_owner& owner,
                     const log_view_id& id) {
    auto values = values_of(owner);
    values.id(id.value);
    return work.exec_params(
                   fmt::format("DELETE FROM log_views WHERE {} AND id = $3::uuid", of_owner),
                   values.dynamic())
               .affected_rows() == 1;
}

} // namespace orch::storage
