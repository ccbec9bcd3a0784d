#include "storage/registry_store.hpp"

#include "storage/key_store.hpp"
#include "storage/people_store.hpp"
#include "storage/project_store.hpp"
#include "storage/team_store.hpp"

#include <pqxx/connection>
#include <pqxx/transaction>

namespace orch::storage {

stored_registry load_registry(pqxx::connection& connection) {
    pqxx::transaction<pqxx::repeatable_read, pqxx::read_only> work{connection};
    stored_registry out;
    out.projects = load_projects(work);
    out.servers = load_servers(work);
    out.keys = load_keys(work);
    out.users = load_users(work);
    out.members = load_members(work);
    out.teams = load_teams(work);
    out.team_members = load_team_members(work);
    return out;
}

} // namespace orch::storage
