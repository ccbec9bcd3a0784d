#pragma once

#include "app/cli/admin_client.hpp"
#include "config/settings.hpp"

#include <string_view>

namespace orch::app::cli {

/// The way over `<data-dir>/admin.sock`. Blocks the calling thread.
[[nodiscard]] transport over_admin_socket(const config::settings& settings);

/// Says why nothing could be asked and how to start the orchestrator.
[[nodiscard]] error not_running(const config::settings& settings, std::string_view reason);

} // namespace orch::app::cli
