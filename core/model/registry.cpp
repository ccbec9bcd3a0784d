#include "core/model/registry.hpp"

#include <algorithm>
#include <tuple>

namespace orch::model {

namespace {

std::string name_key(const project_id& project, std::string_view name) {
    std::string key = project.value.to_hex();
    key += '/';
    key += name;
    return key;
}

template <class Map, class Key, class Items>
auto lookup(const Map& index, const Key& key, const Items& items) -> decltype(items.data()) {
    const auto found = index.find(key);
    return found == index.end() ? nullptr : &items[found->second];
}

} // namespace

registry::registry(std::vector<project> projects, std::vector<server_entry> servers,
                   std::vector<api_key> keys)
    : projects_(std::move(projects)), servers_(std::move(servers)), keys_(std::move(keys)) {
    const auto order = [](const server_entry& entry) {
        return std::tie(entry.definition.project, entry.definition.name);
    };
    std::sort(servers_.begin(), servers_.end(),
              [&](const auto& left, const auto& right) { return order(left) < order(right); });
    for (std::size_t i = 0; i < projects_.size(); ++i) {
        project_by_id_.emplace(projects_[i].id, i);
        project_by_name_.emplace(projects_[i].name, i);
    }
    for (std::size_t i = 0; i < servers_.size(); ++i) {
        const auto& definition = servers_[i].definition;
        server_by_id_.emplace(definition.id, i);
        server_by_name_.emplace(name_key(definition.project, definition.name), i);
    }
    // Names first, so that an alias never hides a server that bears the name now.
    for (std::size_t i = 0; i < servers_.size(); ++i) {
        for (const auto& alias : servers_[i].aliases) {
            server_by_name_.emplace(name_key(servers_[i].definition.project, alias), i);
        }
    }
    for (std::size_t i = 0; i < keys_.size(); ++i) {
        key_by_hash_.emplace(keys_[i].sha256, i);
    }
}

const project* registry::find_project(std::string_view id_or_name) const {
    if (const auto id = project_id::parse(id_or_name)) {
        return find_project(*id);
    }
    return lookup(project_by_name_, std::string(id_or_name), projects_);
}

const project* registry::find_project(const project_id& id) const {
    return lookup(project_by_id_, id, projects_);
}

const server_entry* registry::find_server(const server_id& id) const {
    return lookup(server_by_id_, id, servers_);
}

const server_entry* registry::find_server(const project_id& project,
                                          std::string_view id_or_name) const {
    if (const auto id = server_id::parse(id_or_name)) {
        const auto* entry = find_server(*id);
        if (entry != nullptr && entry->definition.project == project) {
            return entry;
        }
    }
    return lookup(server_by_name_, name_key(project, id_or_name), servers_);
}

std::vector<const server_entry*> registry::servers_of(const project_id& project) const {
    std::vector<const server_entry*> found;
    for (const auto& entry : servers_) {
        if (entry.definition.project == project) {
            found.push_back(&entry);
        }
    }
    return found;
}

const api_key* registry::find_key(const std::string& sha256) const {
    return lookup(key_by_hash_, sha256, keys_);
}

} // namespace orch::model
