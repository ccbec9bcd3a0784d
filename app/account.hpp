#pragma once

#include "core/error.hpp"

#include <string>

namespace orch::app {

/// The system account that the orchestrator drops to when it is started as root.
inline constexpr const char* service_account = "mcp-orch";

/// When root: gives the account what it must own (`data_directory` and everything below) and
/// becomes it for good, before anything is served or started. Otherwise does nothing.
/// `not_found` says how to make the account.
[[nodiscard]] result<void> leave_root(const std::string& data_directory);

/// The home directory of the account that runs now; "/" when it has none.
[[nodiscard]] std::string home_directory();

} // namespace orch::app
