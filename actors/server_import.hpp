#pragma once

#include "actors/messages.hpp"
#include "core/model/registry.hpp"
#include "mcp/client_config.hpp"

#include <chrono>
#include <vector>

namespace orch::actors {

/// What an import would do: an outcome per entry, and the servers to write.
struct import_plan {
    import_report report;
    std::vector<model::server_entry> changed;
};

/// Lays imported entries over the servers of a project: created or updated by name or alias, only
/// the fields present, nothing deleted. Pure.
[[nodiscard]] import_plan plan_import(const model::registry& registry, const project_id& project,
                                      const std::vector<mcp::imported_server>& imported,
                                      std::chrono::system_clock::time_point now);

} // namespace orch::actors
