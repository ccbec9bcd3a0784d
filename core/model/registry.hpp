#pragma once

#include "core/model/people.hpp"
#include "core/model/project.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace orch::model {

struct server_entry {
    server_definition definition;
    /// Former or imported spellings that URLs may still hold.
    std::vector<std::string> aliases;
    /// By name of the tool; most tools have none.
    std::vector<tool_switch> switches = {};

    /// Whether the tool may be listed and called.
    [[nodiscard]] bool offers(std::string_view tool) const noexcept;

    bool operator==(const server_entry&) const = default;
};

/// What a registry is made of.
struct registry_contents {
    std::vector<project> projects;
    std::vector<server_entry> servers;
    std::vector<api_key> keys;
    std::vector<user> users;
    std::vector<project_member> members;
    std::vector<team> teams = {};
    std::vector<team_member> team_members = {};
};

/// Everything that decides who may reach what: projects, servers, keys, people. Immutable once
/// built; a write to the database makes a new one. Readable from any thread.
class registry {
public:
    registry() = default;
    explicit registry(registry_contents contents);

    /// By id, name or former name.
    [[nodiscard]] const project* find_project(std::string_view id_or_name) const;
    [[nodiscard]] const project* find_project(const project_id& id) const;
    [[nodiscard]] const server_entry* find_server(const server_id& id) const;
    /// By id, name or alias within one project.
    [[nodiscard]] const server_entry* find_server(const project_id& project,
                                                  std::string_view id_or_name) const;
    /// The servers of one project in their stable order: by name.
    [[nodiscard]] std::vector<const server_entry*> servers_of(const project_id& project) const;
    /// `sha256` is 32 raw bytes. Inactive and expired keys are still found.
    [[nodiscard]] const api_key* find_key(const std::string& sha256) const;
    [[nodiscard]] const api_key* find_key(const key_id& id) const;
    [[nodiscard]] const user* find_user(const user_id& id) const;
    /// `email` in lower case.
    [[nodiscard]] const user* find_user(const std::string& email) const;
    /// Null when the user is no member of the project.
    [[nodiscard]] const project_member* find_member(const project_id& project,
                                                    const user_id& user) const;
    /// In the order in which they joined.
    [[nodiscard]] std::vector<const project_member*> members_of(const project_id& project) const;

    /// By id or by slug.
    [[nodiscard]] const team* find_team(std::string_view id_or_slug) const;
    [[nodiscard]] const team* find_team(const team_id& id) const;
    /// Null when the user is no member of the team.
    [[nodiscard]] const team_member* find_member(const team_id& team, const user_id& user) const;
    /// In the order in which they joined.
    [[nodiscard]] std::vector<const team_member*> members_of(const team_id& team) const;

    [[nodiscard]] const std::vector<project>& projects() const noexcept { return all_.projects; }
    [[nodiscard]] const std::vector<server_entry>& servers() const noexcept { return all_.servers; }
    [[nodiscard]] const std::vector<api_key>& keys() const noexcept { return all_.keys; }
    [[nodiscard]] const std::vector<user>& users() const noexcept { return all_.users; }
    [[nodiscard]] const std::vector<team>& teams() const noexcept { return all_.teams; }
    /// Of all projects.
    [[nodiscard]] const std::vector<project_member>& members() const noexcept {
        return all_.members;
    }

private:
    /// Servers are sorted by project and name.
    registry_contents all_;
    std::unordered_map<std::string, std::size_t> project_by_name_;
    std::unordered_map<project_id, std::size_t> project_by_id_;
    std::unordered_map<server_id, std::size_t> server_by_id_;
    /// Key: project id and name or alias.
    std::unordered_map<std::string, std::size_t> server_by_name_;
    std::unordered_map<std::string, std::size_t> key_by_hash_;
    std::unordered_map<key_id, std::size_t> key_by_id_;
    std::unordered_map<user_id, std::size_t> user_by_id_;
    std::unordered_map<std::string, std::size_t> user_by_email_;
    /// Key: project id and user id.
    std::unordered_map<std::string, std::size_t> member_by_pair_;
    std::unordered_map<team_id, std::size_t> team_by_id_;
    std::unordered_map<std::string, std::size_t> team_by_slug_;
    /// Key: team id and user id.
    std::unordered_map<std::string, std::size_t> team_member_by_pair_;
};

using registry_ptr = std::shared_ptr<const registry>;

} // namespace orch::model
