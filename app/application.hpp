#pragma once

#include "config/settings.hpp"
#include "core/error.hpp"

namespace orch::app {

/// `mcp-orch serve`: brings everything up, serves until SIGINT or SIGTERM, takes everything down.
/// Returns an error when it could not come up; a second signal while it stops ends it at once.
[[nodiscard]] result<void> serve(const config::settings& settings);

} // namespace orch::app
