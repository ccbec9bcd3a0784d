#pragma once

#include "core/model/people.hpp"
#include "core/model/project.hpp"
#include "storage/pqxx_fwd.hpp"
#include "storage/server_store.hpp"

#include <vector>

namespace orch::storage {

struct stored_registry {
    std::vector<model::project> projects;
    std::vector<stored_server> servers;
    std::vector<model::api_key> keys;
    std::vector<model::user> users;
    std::vector<model::project_member> members;
    std::vector<model::team> teams;
    std::vector<model::team_member> team_members;
};

/// All of it as of one moment. Throws what libpqxx throws.
[[nodiscard]] stored_registry load_registry(pqxx::connection& connection);

} // namespace orch::storage
