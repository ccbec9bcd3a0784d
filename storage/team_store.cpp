#include "storage/team_store.hpp"

#include "storage/sql_values.hpp"

#include <pqxx/result>
#include <pqxx/transaction_base>

namespace orch::storage {

std::vector<model::team> load_teams(pqxx::transaction_base& work) {
    std::vector<model::team> out;
    for (const auto& row :
         work.exec("SELECT id, name, slug, description, created_by, " + time_column("created_at") +
                   ", " + time_column("updated_at") + " FROM teams ORDER BY created_at, id")) {
        out.push_back({{read_id(row[0])},
                       read_text(row[1]),
                       read_text(row[2]),
                       read_text(row[3]),
                       {read_id(row[4])},
                       read_time(row[5]),
                       read_time(row[6])});
    }
    return out;
}

std::vector<model::team_member> load_team_members(pqxx::transaction_base& work) {
    std::vector<model::team_member> out;
    for (const auto& row :
         work.exec("SELECT id, team_id, user_id, role, invited_by, " + time_column("joined_at") +
                   " FROM team_members ORDER BY joined_at, id")) {
        out.push_back({{read_id(row[0])},
                       {read_id(row[1])},
                       {read_id(row[2])},
                       model::parse_role(row[3].c_str()).value_or(model::role::reporter),
                       {read_id(row[4])},
                       read_time(row[5])});
    }
    return out;
}

void insert_team(pqxx::transaction_base& work, const model::team& team) {
    parameter_list values;
    values.id(team.id.value);
    values.text(team.name);
    values.text(team.slug);
    values.text(team.description);
    values.optional_id(team.created_by.value);
    values.time(team.created_at);
    values.time(team.updated_at);
    work.exec_params0("INSERT INTO teams (id, name, slug, description, created_by, created_at,"
                      " updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
                      values.dynamic());
}

void update_team(pqxx::transaction_base& work, const model::team& team) {
    parameter_list values;
    values.id(team.id.value);
    values.text(team.name);
    values.text(team.slug);
    values.text(team.description);
    values.time(team.updated_at);
    work.exec_params0("UPDATE teams SET name = $2, slug = $3, description = $4, updated_at = $5"
                      " WHERE id = $1",
                      values.dynamic());
}

void delete_team(pqxx::transaction_base& work, const team_id& team) {
    work.exec_params0("DELETE FROM teams WHERE id = $1", team.to_string());
}

void insert_team_member(pqxx::transaction_base& work, const model::team_member& member) {
    parameter_list values;
    values.id(member.id.value);
    values.id(member.team.value);
    values.id(member.user.value);
    values.name(model::to_string(member.role));
    values.optional_id(member.invited_by.value);
    values.time(member.joined_at);
    work.exec_params0("INSERT INTO team_members (id, team_id, user_id, role, invited_by, joined_at)"
                      " VALUES ($1, $2, $3, $4, $5, $6)",
                      values.dynamic());
}

void update_team_member_role(pqxx::transaction_base& work, const member_id& member,
                             model::role role) {
    work.exec_params0("UPDATE team_members SET role = $2 WHERE id = $1", member.to_string(),
                      std::string{model::to_string(role)});
}

void delete_team_member(pqxx::transaction_base& work, const member_id& member) {
    work.exec_params0("DELETE FROM team_members WHERE id = $1", member.to_string());
}

} // namespace orch::storage
