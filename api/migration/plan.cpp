#include "api/migration/plan.hpp"

#include "api/migration/planner.hpp"

namespace orch::api::migration {

void planner::note(const char* table, const original_row& row, std::string detail) {
    if (plan_.notes.size() < migration_plan::notes_max) {
        plan_.notes.push_back({table, row.text("id"), std::move(detail)});
    } else {
        ++plan_.notes_left_out;
    }
}

planner::fate planner::leave_out(const char* table, const original_row& row, std::string detail) {
    note(table, row, "left out: " + std::move(detail));
    return fate::left_out;
}

user_id planner::user_of(const original_row& row, std::string_view column) const {
    const auto found = users_.find(row.id(column));
    return found != users_.end() ? found->second : user_id{};
}

project_id planner::project_of(const original_row& row) const {
    const auto id = row.id("project_id");
    return projects_.contains(id) ? project_id{id} : project_id{};
}

std::chrono::system_clock::time_point planner::when(const original_row& row,
                                                    std::string_view column) const {
    return row.time(column).value_or(row.time("created_at").value_or(now_));
}

migration_plan plan_migration(const storage::original_rows& source, const model::registry& present,
                              const std::optional<crypto::fernet_key>& key,
                              std::chrono::system_clock::time_point now) {
    planner made(source, present, key, now);
    made.take_users();
    made.take_teams();
    made.take_team_members();
    made.take_projects();
    made.take_project_members();
    made.take_servers();
    made.take_keys();
    made.take_tool_preferences();
    made.take_favourites();
    return made.finish();
}

} // namespace orch::api::migration
