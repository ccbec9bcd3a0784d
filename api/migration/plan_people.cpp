#include "api/identity/email.hpp"
#include "api/migration/planner.hpp"
#include "api/project_rules.hpp"
#include "crypto/bcrypt.hpp"

#include <fmt/format.h>

// Accounts, teams and their members.

namespace orch::api::migration {

namespace {

constexpr auto users = "users";
constexpr auto teams = "teams";
constexpr auto team_members = "team_members";

std::string name_or(std::string name, const std::string& otherwise) {
    return name.empty() ? otherwise : name;
}

} // namespace

void planner::take_users() {
    for (const auto& user : present_.users()) {
        emails_.insert(user.email);
    }
    each(users, [this](const original_row& row) { return take_user(row); });
}

planner::fate planner::take_user(const original_row& row) {
    const auto id = row.id();
    const auto email = normalise_email(row.text("email"));
    if (id.is_nil() || !email) {
        return leave_out(users, row, "it has no e-mail address that can be one");
    }
    if (const auto* known = present_.find_user(user_id{id})) {
        users_[id] = known->id;
        return fate::already_here;
    }
    if (const auto* known = present_.find_user(*email)) {
        users_[id] = known->id;
        note(users, row, fmt::format("{} has an account here already, which stays", *email));
        return fate::already_here;
    }
    if (!emails_.insert(*email).second) {
        return leave_out(users, row, fmt::format("{} is there twice", *email));
    }
    new_user made;
    made.user.id = user_id{id};
    made.user.email = *email;
    made.user.name = name_or(row.text("name"), email->substr(0, email->find('@')));
    made.user.is_admin = row.flag("is_admin", false);
    made.user.is_active = row.flag("is_active", true);
    made.user.created_at = when(row, "created_at");
    made.user.updated_at = when(row, "updated_at");
    made.password_hash = row.text("password");
    if (!crypto::is_bcrypt_hash(made.password_hash)) {
        made.password_hash.clear();
        note(users, row, "it has no password that could be taken over: give it a new one");
    }
    users_[id] = made.user.id;
    plan_.users.push_back(std::move(made));
    return fate::added;
}

void planner::take_teams() {
    for (const auto& team : present_.teams()) {
        team_slugs_.insert(team.slug);
    }
    each(teams, [this](const original_row& row) { return take_team(row); });
}

planner::fate planner::take_team(const original_row& row) {
    const auto id = row.id();
    if (id.is_nil()) {
        return leave_out(teams, row, "it has no id");
    }
    if (present_.find_team(team_id{id}) != nullptr) {
        people_of_teams_[id];
        return fate::already_here;
    }
    if (!row.flag("is_active", true)) {
        return leave_out(teams, row, "it was deleted");
    }
    model::team made;
    made.id = team_id{id};
    made.name = name_or(row.text("name"), "team");
    made.description = row.text("description");
    made.slug = free_slug(name_or(row.text("slug"), made.name),
                          [this](const std::string& slug) { return !team_slugs_.contains(slug); });
    team_slugs_.insert(made.slug);
    made.created_at = when(row, "created_at");
    made.updated_at = when(row, "updated_at");
    people_of_teams_[id];
    plan_.teams.push_back(std::move(made));
    return fate::added;
}

void planner::take_team_members() {
    each(team_members, [this](const original_row& row) { return take_team_member(row); });
}

model::role planner::role_of(const char* table, const original_row& row) {
    const auto text = row.text("role");
    const auto role = model::parse_role(text);
    if (!role) {
        note(table, row, fmt::format("the role '{}' is none: reporter was taken", text));
    }
    return role.value_or(model::role::reporter);
}

planner::fate planner::take_team_member(const original_row& row) {
    const auto user = user_of(row, "user_id");
    const auto team = people_of_teams_.find(row.id("team_id"));
    if (user.is_nil() || team == people_of_teams_.end()) {
        return leave_out(team_members, row, "the account or the team does not come");
    }
    const team_id id{team->first};
    if (present_.find_member(id, user) != nullptr) {
        team->second.insert(user.value);
        return fate::already_here;
    }
    if (!team->second.insert(user.value).second) {
        return leave_out(team_members, row, "it is there twice");
    }
    plan_.team_members.push_back({member_id{row.id()}, id, user, role_of(team_members, row),
                                  user_of(row, "invited_by_id"), when(row, "joined_at")});
    return fate::added;
}

team_id planner::common_team(const user_id& one, const user_id& other) const {
    team_id found;
    for (const auto& [team, people] : people_of_teams_) {
        if (!people.contains(one.value) || !people.contains(other.value)) {
            continue;
        }
        if (!found.is_nil()) {
            return {};
        }
        found = team_id{team};
    }
    return found;
}

} // namespace orch::api::migration
