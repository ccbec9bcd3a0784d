#pragma once

#include "core/model/people.hpp"
#include "storage/pqxx_fwd.hpp"

#include <optional>
#include <string>
#include <vector>

namespace orch::storage {

// All of these throw what libpqxx throws; call them inside `session::run`, `database::submit` or
// a `transact`.

[[nodiscard]] std::vector<model::user> load_users(pqxx::transaction_base& work);
/// A role or invitation that is not known is read as the least one.
[[nodiscard]] std::vector<model::project_member> load_members(pqxx::transaction_base& work);

void insert_user(pqxx::transaction_base& work, const model::user& user,
                 const std::string& password_hash);
/// Name, administrator and active flags; not the e-mail.
void update_user(pqxx::transaction_base& work, const model::user& user);
void update_password(pqxx::transaction_base& work, const user_id& user, const std::string& hash);
/// Absent for an unknown account or one without a password.
[[nodiscard]] std::optional<std::string> find_password_hash(pqxx::connection& connection,
                                                            const user_id& user);

void insert_member(pqxx::transaction_base& work, const model::project_member& member);
void update_member_role(pqxx::transaction_base& work, const member_id& member, model::role role);
void delete_member(pqxx::transaction_base& work, const member_id& member);

[[nodiscard]] std::vector<model::login> load_logins(pqxx::connection& connection);
/// Also notes the time at the user.
void insert_login(pqxx::connection& connection, const model::login& login);
void touch_logins(pqxx::connection& connection, const std::vector<model::login>& seen);
void delete_login(pqxx::connection& connection, const std::string& token_sha256);
/// All of a user but the one that `kept_sha256` names, which may be empty.
void delete_logins(pqxx::transaction_base& work, const user_id& user,
                   const std::string& kept_sha256);

} // namespace orch::storage
