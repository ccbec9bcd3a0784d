#include "storage/people_store.hpp"

#include "core/timestamp.hpp"
#include "storage/sql_values.hpp"

#include <pqxx/connection>
#include <pqxx/nontransaction>
#include <pqxx/result>
#include <pqxx/transaction>

namespace orch::storage {

std::vector<model::user> load_users(pqxx::transaction_base& work) {
    std::vector<model::user> out;
    for (const auto& row :
         work.exec("SELECT id, email, name, is_admin, is_active, " + time_column("created_at") +
                   ", " + time_column("updated_at") + ", " + time_column("last_login_at") +
                   " FROM users ORDER BY created_at, id")) {
        out.push_back({{read_id(row[0])},
                       read_text(row[1]),
                       read_text(row[2]),
                       row[3].as<bool>(),
                       row[4].as<bool>(),
                       read_time(row[5]),
                       read_time(row[6]),
                       read_optional_time(row[7])});
    }
    return out;
}

std::vector<model::project_member> load_members(pqxx::transaction_base& work) {
    std::vector<model::project_member> out;
    for (const auto& row : work.exec(
             "SELECT id, project_id, user_id, role, invited_as, invited_by, " +
             time_column("joined_at") + ", team_id FROM project_members ORDER BY joined_at, id")) {
        out.push_back(
            {{read_id(row[0])},
             {read_id(row[1])},
             {read_id(row[2])},
             model::parse_role(row[3].c_str()).value_or(model::role::reporter),
             model::parse_invitation(row[4].c_str()).value_or(model::invitation::external),
             {read_id(row[5])},
             read_time(row[6]),
             {read_id(row[7])}});
    }
    return out;
}

void insert_user(pqxx::transaction_base& work, const model::user& user,
                 const std::string& password_hash) {
    parameter_list values;
    values.id(user.id.value);
    values.text(user.email);
    values.text(user.name);
    values.text(password_hash);
    values.boolean(user.is_admin);
    values.boolean(user.is_active);
    values.time(user.created_at);
    values.time(user.updated_at);
    work.exec_params0("INSERT INTO users (id, email, name, password_hash, is_admin, is_active,"
                      " created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                      values.dynamic());
}

void update_user(pqxx::transaction_base& work, const model::user& user) {
    parameter_list values;
    values.id(user.id.value);
    values.text(user.name);
    values.boolean(user.is_admin);
    values.boolean(user.is_active);
    values.time(user.updated_at);
    work.exec_params0("UPDATE users SET name = $2, is_admin = $3, is_active = $4, updated_at = $5"
                      " WHERE id = $1",
                      values.dynamic());
}

void update_password(pqxx::transaction_base& work, const user_id& user, const std::string& hash) {
    work.exec_params0("UPDATE users SET password_hash = $2 WHERE id = $1", user.to_string(), hash);
}

std::optional<std::string> find_password_hash(pqxx::connection& connection, const user_id& user) {
    pqxx::nontransaction work{connection};
    const auto rows = work.exec_params(
        "SELECT password_hash FROM users WHERE id = $1 AND password_hash <> ''", user.to_string());
    return rows.empty() ? std::nullopt : std::optional{read_text(rows[0][0])};
}

void insert_member(pqxx::transaction_base& work, const model::project_member& member) {
    parameter_list values;
    values.id(member.id.value);
    values.id(member.project.value);
    values.id(member.user.value);
    values.name(model::to_string(member.role));
    values.name(model::to_string(member.invited_as));
    values.optional_id(member.invited_by.value);
    values.time(member.joined_at);
    values.optional_id(member.team.value);
    work.exec_params0("INSERT INTO project_members (id, project_id, user_id, role, invited_as,"
                      " invited_by, joined_at, team_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                      values.dynamic());
}

void update_member_role(pqxx::transaction_base& work, const member_id& member, model::role role) {
    work.exec_params0("UPDATE project_members SET role = $2 WHERE id = $1", member.to_string(),
                      std::string{model::to_string(role)});
}

void delete_member(pqxx::transaction_base& work, const member_id& member) {
    work.exec_params0("DELETE FROM project_members WHERE id = $1", member.to_string());
}

std::vector<model::login> load_logins(pqxx::connection& connection) {
    pqxx::nontransaction work{connection};
    std::vector<model::login> out;
    for (const auto& row :
         work.exec("SELECT token_sha256, user_id, " + time_column("created_at") + ", " +
                   time_column("last_seen_at") + ", ip_address, user_agent FROM logins")) {
        out.push_back({read_bytes(row[0]),
                       {read_id(row[1])},
                       read_time(row[2]),
                       read_time(row[3]),
                       read_text(row[4]),
                       read_text(row[5])});
    }
    return out;
}

void insert_login(pqxx::connection& connection, const model::login& login) {
    parameter_list values;
    values.id(login.user.value);
    values.time(login.created_at);
    values.time(login.last_seen_at);
    values.text(login.ip_address);
    values.text(login.user_agent);
    pqxx::work work{connection};
    work.exec_params0("INSERT INTO logins (user_id, created_at, last_seen_at, ip_address,"
                      " user_agent, token_sha256) VALUES ($1, $2, $3, $4, $5, $6)",
                      values.dynamic(), binary(login.token_sha256));
    work.exec_params0("UPDATE users SET last_login_at = $2 WHERE id = $1", login.user.to_string(),
                      to_rfc3339(login.created_at));
    work.commit();
}

void touch_logins(pqxx::connection& connection, const std::vector<model::login>& seen) {
    pqxx::work work{connection};
    for (const auto& login : seen) {
        work.exec_params0("UPDATE logins SET last_seen_at = $1 WHERE token_sha256 = $2",
                          to_rfc3339(login.last_seen_at), binary(login.token_sha256));
    }
    work.commit();
}

void delete_login(pqxx::connection& connection, const std::string& token_sha256) {
    pqxx::work work{connection};
    work.exec_params0("DELETE FROM logins WHERE token_sha256 = $1", binary(token_sha256));
    work.commit();
}

void delete_logins(pqxx::transaction_base& work, const user_id& user,
                   const std::string& kept_sha256) {
    work.exec_params0("DELETE FROM logins WHERE user_id = $1 AND token_sha256 <> $2",
                      user.to_string(), binary(kept_sha256));
}

} // namespace orch::storage
