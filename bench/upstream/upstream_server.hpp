#pragma once

namespace orch::bench {

/// Serves MCP on standard input and output until its input ends; returns the exit status. All
/// answers to one read leave together. Meant to be so fast that the gateway before it is measured.
[[nodiscard]] int run_upstream();

} // namespace orch::bench
