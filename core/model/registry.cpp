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

template <class Whole>
std::string pair_key(const Whole& whole, const user_id& user) {
    return whole.value.to_hex() + user.value.to_hex();
}

template <class Map, class Key, class Items>
auto lookup(const Map& index, const Key& key, const Items& items) -> decltype(items.data()) {
    const auto found = index.find(key);
    return found == index.end() ? nullptr : &items[found->second];
}

} // namespace

bool server_entry::offers(std::string_view tool) const noexcept {
    const auto found = std::find_if(switches.begin(), switches.end(),
                                    [&](const auto& known) { return known.tool == tool; });
    return found == switches.end() || found->enabled;
}

registry::registry(registry_contents contents) : all_(std::move(contents)) {
    auto& [projects, servers, keys, users, members, teams, team_members] = all_;
    const auto order = [](const server_entry& entry) {
        return std::tie(entry.definition.project, entry.definition.name);
    };
    std::sort(servers.begin(), servers.end(),
              [&](const auto& left, const auto& right) { return order(left) < order(right); });
    for (std::size_t i = 0; i < projects.size(); ++i) {
        project_by_id_.emplace(projects[i].id, i);
        project_by_name_.emplace(projects[i].name, i);
    }
    for (std::size_t i = 0; i < projects.size(); ++i) {
        for (const auto& alias : projects[i].aliases) {
            project_by_name_.emplace(alias, i);
        }
    }
    for (std::size_t i = 0; i < servers.size(); ++i) {
        const auto& definition = servers[i].definition;
        server_by_id_.emplace(definition.id, i);
        server_by_name_.emplace(name_key(definition.project, definition.name), i);
    }
    // Names first, so that an alias never hides a server that bears the name now.
    for (std::size_t i = 0; i < servers.size(); ++i) {
        for (const auto& alias : servers[i].aliases) {
            server_by_name_.emplace(name_key(servers[i].definition.project, alias), i);
        }
    }
    for (std::size_t i = 0; i < keys.size(); ++i) {
        key_by_hash_.emplace(keys[i].sha256, i);
        key_by_id_.emplace(keys[i].id, i);
    }
    for (std::size_t i = 0; i < users.size(); ++i) {
        user_by_id_.emplace(users[i].id, i);
        user_by_email_.emplace(users[i].email, i);
    }
    for (std::size_t i = 0; i < members.size(); ++i) {
        member_by_pair_.emplace(pair_key(members[i].project, members[i].user), i);
    }
    for (std::size_t i = 0; i < teams.size(); ++i) {
        team_by_id_.emplace(teams[i].id, i);
        team_by_slug_.emplace(teams[i].slug, i);
    }
    for (std::size_t i = 0; i < team_members.size(); ++i) {
        team_member_by_pair_.emplace(pair_key(team_members[i].team, team_members[i].user), i);
    }
}

const project* registry::find_project(std::string_view id_or_name) const {
    if (const auto id = project_id::parse(id_or_name)) {
        return find_project(*id);
    }
    return lookup(project_by_name_, std::string(id_or_name), all_.projects);
}

const project* registry::find_project(const project_id& id) const {
    return lookup(project_by_id_, id, all_.projects);
}

const server_entry* registry::find_server(const server_id& id) const {
    return lookup(server_by_id_, id, all_.servers);
}

const server_entry* registry::find_server(const project_id& project,
                                          std::string_view id_or_name) const {
    if (const auto id = server_id::parse(id_or_name)) {
        const auto* entry = find_server(*id);
        if (entry != nullptr && entry->definition.project == project) {
            return entry;
        }
    }
    return lookup(server_by_name_, name_key(project, id_or_name), all_.servers);
}

std::vector<const server_entry*> registry::servers_of(const project_id& project) const {
    std::vector<const server_entry*> found;
    for (const auto& entry : all_.servers) {
        if (entry.definition.project == project) {
            found.push_back(&entry);
        }
    }
    return found;
}

const api_key* registry::find_key(const std::string& sha256) const {
    return lookup(key_by_hash_, sha256, all_.keys);
}

const api_key* registry::find_key(const key_id& id) const {
    return lookup(key_by_id_, id, all_.keys);
}

const user* registry::find_user(const user_id& id) const {
    return lookup(user_by_id_, id, all_.users);
}

const user* registry::find_user(const std::string& email) const {
    return lookup(user_by_email_, email, all_.users);
}

const project_member* registry::find_member(const project_id& project, const user_id& user) const {
    return lookup(member_by_pair_, pair_key(project, user), all_.members);
}

std::vector<const project_member*> registry::members_of(const project_id& project) const {
    std::vector<const project_member*> found;
    for (const auto& member : all_.members) {
        if (member.project == project) {
            found.push_back(&member);
        }
    }
    return found;
}

const team* registry::find_team(std::string_view id_or_slug) const {
    if (const auto id = team_id::parse(id_or_slug)) {
        return find_team(*id);
    }
    return lookup(team_by_slug_, std::string(id_or_slug), all_.teams);
}

const team* registry::find_team(const team_id& id) const {
    return lookup(team_by_id_, id, all_.teams);
}

const team_member* registry::find_member(const team_id& team, const user_id& user) const {
    return lookup(team_member_by_pair_, pair_key(team, user), all_.team_members);
}

std::vector<const team_member*> registry::members_of(const team_id& team) const {
    std::vector<const team_member*> found;
    for (const auto& member : all_.team_members) {
        if (member.team == team) {
            found.push_back(&member);
        }
    }
    return found;
}

} // namespace orch::model
