#pragma once

#include "app/cli/command_line.hpp"
#include "config/loader.hpp"

#include <variant>

namespace orch::app::cli {

/// Reads file, environment and flags; an `outcome` lists every mistake.
[[nodiscard]] std::variant<config::loaded_settings, outcome>
read_settings(const config_inputs& inputs);

/// Carries out a verb. Blocks; prints nothing itself.
[[nodiscard]] outcome run(const verb& wanted);

} // namespace orch::app::cli
