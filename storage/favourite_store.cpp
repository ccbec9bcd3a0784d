#include "storage/favourite_store.hpp"

#include "storage/sql_values.hpp"

#include <fmt/format.h>
#include <pqxx/connection>
#include <pqxx/nontransaction>
#include <pqxx/result>
#include <pqxx/transaction>

namespace orch::storage {

std::vector<favourite> list_favourites(pqxx::connection& connection, const user_id& user,
                                       const project_id& project, const std::string& kind) {
    parameter_list values;
    values.id(user.value);
    values.id(project.value);
    std::string sql = "SELECT id, user_id, project_id, kind, target_id, target_name, " +
                      time_column("created_at") +
                      " FROM favourites WHERE user_id = $1::uuid AND project_id = $2::uuid";
    if (!kind.empty()) {
        sql += fmt::format(" AND kind = ${}::text", values.text(kind));
    }
    pqxx::nontransaction work{connection};
    std::vector<favourite> out;
    for (const auto& row : work.exec_params(sql + " ORDER BY created_at, id", values.dynamic())) {
        out.push_back({{read_id(row[0])},
                       {read_id(row[1])},
                       {read_id(row[2])},
                       read_text(row[3]),
                       read_text(row[4]),
                       read_text(row[5]),
                       read_time(row[6])});
    }
    return out;
}

std::int64_t count_favourites(pqxx::transaction_base& work, const user_id& user) {
    return work
        .exec_params1("SELECT count(*) FROM favourites WHERE user_id = $1", user.to_string())[0]
        .as<std::int64_t>();
}

bool insert_favourite(pqxx::transaction_base& work, const favourite& added) {
    parameter_list values;
    values.id(added.id.value);
    values.id(added.user.value);
    values.id(added.project.value);
    values.text(added.kind);
    values.text(added.target_id);
    values.text(added.target_name);
    values.time(added.created_at);
    return work.exec_params("INSERT INTO favourites (id, user_id, project_id, kind, target_id,"
                            " target_name, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)"
                            " ON CONFLICT ON CONSTRAINT favourites_once DO NOTHING",
                            values.dynamic())
               .affected_rows() == 1;
}

bool delete_favourite(pqxx::transaction_base& work, const favourite_choice& which) {
    parameter_list values;
    values.id(which.user.value);
    values.id(which.project.value);
    std::string sql = "DELETE FROM favourites WHERE user_id = $1::uuid AND project_id = $2::uuid";
    if (which.id) {
        sql += fmt::format(" AND id = ${}::uuid", values.id(which.id->value));
    } else {
        sql += fmt::format(" AND kind = ${}::text", values.text(which.kind));
        sql += fmt::format(" AND target_id = ${}::text", values.text(which.target_id));
    }
    return work.exec_params(sql, values.dynamic()).affected_rows() > 0;
}

} // namespace orch::storage
