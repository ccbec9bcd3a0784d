#pragma once

#include "config/loader.hpp"

#include <optional>
#include <string>

namespace orch::config {

/// Collects what `load` needs from this machine: the environment, and the configuration file that
/// `config_path` (from `--config`) or MCP_ORCH_CONFIG names, else `<data-dir>/config.toml` or
/// `/etc/mcp-orch/config.toml` if there is one. A named file that cannot be read is a mistake. As
/// root, the file in the data directory is read only when root alone can write it, since the
/// account of the MCP servers owns that directory.
[[nodiscard]] sources gather(text_map flags, const std::optional<std::string>& config_path);

} // namespace orch::config
