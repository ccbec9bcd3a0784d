#pragma once

#include "config/loader.hpp"

#include <string>
#include <vector>

namespace orch::config {

/// Every setting as a line of TOML with its origin as a comment; secrets are masked. Without
/// secrets the text is a valid configuration file.
[[nodiscard]] std::string print_settings(const loaded_settings& loaded);

/// One line per mistake: `where: what`.
[[nodiscard]] std::string print_mistakes(const std::vector<mistake>& mistakes);

/// The Markdown table of docs/configuration.md.
[[nodiscard]] std::string reference_table();

} // namespace orch::config
