#pragma once

#include "core/model/registry.hpp"

#include <utility>
#include <vector>

namespace orch::test {

/// A registry in which nobody has an account.
inline model::registry registry_of(std::vector<model::project> projects,
                                   std::vector<model::server_entry> servers = {},
                                   std::vector<model::api_key> keys = {}) {
    model::registry_contents contents;
    contents.projects = std::move(projects);
    contents.servers = std::move(servers);
    contents.keys = std::move(keys);
    return model::registry(std::move(contents));
}

} // namespace orch::test
