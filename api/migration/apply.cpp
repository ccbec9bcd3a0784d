#include "api/migration/apply.hpp"

#include "storage/key_store.hpp"
#include "storage/people_store.hpp"
#include "storage/project_store.hpp"
#include "storage/server_store.hpp"
#include "storage/team_store.hpp"

namespace orch::api::migration {

void apply(const migration_plan& plan, const actors::registry_change& change) {
    auto& work = change.transaction;
    for (const auto& [user, password_hash] : plan.users) {
        storage::insert_user(work, user, password_hash);
    }
    for (const auto& team : plan.teams) {
        storage::insert_team(work, team);
    }
    for (const auto& member : plan.team_members) {
        storage::insert_team_member(work, member);
    }
    for (const auto& project : plan.projects) {
        storage::insert_project(work, project);
    }
    for (const auto& member : plan.project_members) {
        storage::insert_member(work, member);
    }
    change.save_servers(plan.servers);
    for (const auto& server : plan.servers) {
        for (const auto& one : server.switches) {
            storage::save_switch(work, server.definition.id, one);
        }
    }
    for (const auto& key : plan.keys) {
        storage::insert_key(work, key);
    }
    for (const auto& favourite : plan.favourites) {
        static_cast<void>(storage::insert_favourite(work, favourite));
    }
}

} // namespace orch::api::migration
