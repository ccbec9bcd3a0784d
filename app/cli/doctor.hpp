#pragma once

#include "app/cli/doctor_checks.hpp"
#include "app/cli/outcome.hpp"

#include <vector>

namespace orch::app::cli {

/// Runs every check on this machine. Checks that need settings are left out when those are wrong.
[[nodiscard]] std::vector<finding> examine(const config::sources& from);

/// One line per finding; `failed` when one of them is.
[[nodiscard]] outcome diagnosis(const std::vector<finding>& findings);

} // namespace orch::app::cli
