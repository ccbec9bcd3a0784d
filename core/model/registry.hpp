#pragma once

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
};

/// Everything that decides who may reach what: projects, servers, keys. Immutable once built;
/// a write to the database makes a new one. Readable from any thread.
class registry {
public:
    registry() = default;
    registry(std::vector<project> projects, std::vector<server_entry> servers,
             std::vector<api_key> keys);

    /// By id or by name.
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

    [[nodiscard]] const std::vector<project>& projects() const noexcept { return projects_; }
    [[nodiscard]] const std::vector<server_entry>& servers() const noexcept { return servers_; }
    [[nodiscard]] const std::vector<api_key>& keys() const noexcept { return keys_; }

private:
    std::vector<project> projects_;
    /// Sorted by project and name.
    std::vector<server_entry> servers_;
    std::vector<api_key> keys_;
    std::unordered_map<std::string, std::size_t> project_by_name_;
    std::unordered_map<project_id, std::size_t> project_by_id_;
    std::unordered_map<server_id, std::size_t> server_by_id_;
    /// Key: project id and name or alias.
    std::unordered_map<std::string, std::size_t> server_by_name_;
    std::unordered_map<std::string, std::size_t> key_by_hash_;
};

using registry_ptr = std::shared_ptr<const registry>;

} // namespace orch::model
