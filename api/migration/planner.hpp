#pragma once

#include "api/migration/original_row.hpp"
#include "api/migration/plan.hpp"

#include <set>
#include <string>
#include <unordered_map>
#include <utility>

namespace orch::api::migration {

/// Makes a plan, table by table, in the order in which the tables refer to each other.
class planner {
public:
    planner(const storage::original_rows& source, const model::registry& present,
            const std::optional<crypto::fernet_key>& key, std::chrono::system_clock::time_point now)
        : source_(source), present_(present), key_(key), now_(now) {}

    void take_users();
    void take_teams();
    void take_team_members();
    void take_projects();
    void take_project_members();
    void take_servers();
    void take_keys();
    void take_tool_preferences();
    void take_favourites();

    [[nodiscard]] migration_plan finish() { return std::move(plan_); }

private:
    /// What became of one row.
    enum class fate { added, already_here, left_out };

    /// Runs `take` for each row of the table and counts.
    template <class Take>
    void each(const char* table, Take take);
    void note(const char* table, const original_row& row, std::string detail);
    fate leave_out(const char* table, const original_row& row, std::string detail);

    [[nodiscard]] fate take_user(const original_row& row);
    [[nodiscard]] fate take_team(const original_row& row);
    [[nodiscard]] fate take_team_member(const original_row& row);
    [[nodiscard]] fate take_project(const original_row& row);
    [[nodiscard]] fate take_project_member(const original_row& row);
    [[nodiscard]] fate take_server(const original_row& row);
    [[nodiscard]] fate take_key(const original_row& row);
    [[nodiscard]] fate take_tool_preference(const original_row& row);
    [[nodiscard]] fate take_favourite(const original_row& row);

    /// The account here that an account there became; nil when there is none.
    [[nodiscard]] user_id user_of(const original_row& row, std::string_view column) const;
    /// Nil for a project that neither is here nor comes.
    [[nodiscard]] project_id project_of(const original_row& row) const;
    [[nodiscard]] server_id server_of(const original_row& row) const;
    /// Time of a column, or of the migration.
    [[nodiscard]] std::chrono::system_clock::time_point when(const original_row& row,
                                                             std::string_view column) const;
    [[nodiscard]] model::role role_of(const char* table, const original_row& row);
    /// The one team that both are in, for somebody who came to a project with a team.
    [[nodiscard]] team_id common_team(const user_id& one, const user_id& other) const;
    [[nodiscard]] std::vector<ip_range> ranges_of(const original_row& row);
    /// A name that no other server of the project has; the one of the source stays as an alias.
    void name_server(const original_row& row, model::server_entry& entry);
    /// Arguments and variables, decrypted; false when they could not be.
    [[nodiscard]] bool fill_secrets(const original_row& row, model::server_definition& server);
    /// The JSON of a column that may be encrypted in another one; absent when it cannot be opened.
    [[nodiscard]] std::optional<boost::json::value> unsealed(const original_row& row,
                                                             const char* sealed, const char* clear);

    const storage::original_rows& source_;
    const model::registry& present_;
    const std::optional<crypto::fernet_key>& key_;
    const std::chrono::system_clock::time_point now_;

    migration_plan plan_;
    std::unordered_map<uuid, user_id> users_;
    std::set<std::string> emails_;
    std::set<uuid> projects_;
    std::set<std::string> slugs_;
    std::set<std::pair<uuid, uuid>> members_;
    /// By id of the team.
    std::unordered_map<uuid, std::set<uuid>> people_of_teams_;
    std::set<std::string> team_slugs_;
    /// Index in the plan's servers.
    std::unordered_map<uuid, std::size_t> servers_;
    /// By project, names and aliases.
    std::unordered_map<uuid, std::set<std::string>> server_names_;
    std::set<std::string> key_hashes_;
};

template <class Take>
void planner::each(const char* table, Take take) {
    auto& count = plan_.counts[table];
    const auto rows = source_.tables.find(table);
    if (rows == source_.tables.end()) {
        return;
    }
    for (const auto& text : rows->second) {
        ++count.found;
        switch (take(original_row(text))) {
        case fate::added: ++count.added; break;
        case fate::already_here: ++count.already_here; break;
        case fate::left_out: ++count.left_out; break;
        }
    }
}

} // namespace orch::api::migration
