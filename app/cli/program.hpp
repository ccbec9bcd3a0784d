#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace orch::app::cli {

/// The first executable file `name` in the directories of `search_path` (as in PATH).
[[nodiscard]] std::optional<std::string> find_program(std::string_view name,
                                                      std::string_view search_path);

/// The first line that `program --version` prints; nothing when it fails or takes longer. Blocks.
[[nodiscard]] std::optional<std::string> program_version(const std::string& program,
                                                         std::chrono::milliseconds timeout);

} // namespace orch::app::cli
