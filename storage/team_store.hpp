#pragma once

#include "core/model/people.hpp"
#include "storage/pqxx_fwd.hpp"

#include <vector>

namespace orch::storage {

// All of these throw what libpqxx throws; call them inside a `transact`.

[[nodiscard]] std::vector<model::team> load_teams(pqxx::transaction_base& work);
/// A role that is not known is read as the least one.
[[nodiscard]] std::vector<model::team_member> load_team_members(pqxx::transaction_base& work);

void insert_team(pqxx::transaction_base& work, const model::team& team);
/// Name, slug and description.
void update_team(pqxx::transaction_base& work, const model::team& team);
/// With its memberships. People who came to projects with it stay there.
void delete_team(pqxx::transaction_base& work, const team_id& team);

void insert_team_member(pqxx::transaction_base& work, const model::team_member& member);
void update_team_member_role(pqxx::transaction_base& work, const member_id& member,
                             model::role role);
void delete_team_member(pqxx::transaction_base& work, const member_id& member);

} // namespace orch::storage
