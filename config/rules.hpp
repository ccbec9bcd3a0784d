#pragma once

#include "config/loader.hpp"

#include <vector>

namespace orch::config {

/// What no single setting can know: adds a mistake for each combination that must not start.
void check_rules(const loaded_settings& loaded, std::vector<mistake>& mistakes);

} // namespace orch::config
