#pragma once

namespace orch::bench {

/// A stdio MCP server with the tool `echo`, which answers at once: what is measured is the way.
/// Serves on stdin and stdout until stdin ends, and returns the exit code of the process.
int run_upstream();

} // namespace orch::bench
