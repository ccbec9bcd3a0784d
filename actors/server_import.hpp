#pragma once

#include "core/model/registry.hpp"
#include "mcp/client_config.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace orch::actors {

struct import_outcome {
    std::string name;
    std::string original_name;
    /// created, updated, unchanged, failed
    std::string outcome;
    std::string error;
};
struct import_report {
    std::vector<import_outcome> servers;
};

/// What an import would do: an outcome per entry, and the servers to write.
struct import_plan {
    import_report report;
    std::vector<model::server_entry> changed;
};

/// Says what is wrong with a definition.
using definition_check = result<void> (*)(const model::server_definition&);

/// Lays imported entries over the servers of a project: created or updated by name or alias, only
/// the fields present, nothing deleted. What `check` refuses fails, and the others go on. Pure.
[[nodiscard]] import_plan plan_import(const model::registry& registry, const project_id& project,
                                      const std::vector<mcp::imported_server>& imported,
                                      std::chrono::system_clock::time_point now,
                                      definition_check check);

} // namespace orch::actors
