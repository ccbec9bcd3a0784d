#pragma once

#include "bench/load/mcp_client.hpp"

namespace orch::bench {

/// Adds `--tool`, `--payload`, `--result` and `--delay`. What the tools of `mcp-orch-bench
/// upstream` cannot do, or what would be passed over, is refused while the command line is read.
void add_call_shape(CLI::App& command, call_shape& shape);

} // namespace orch::bench
