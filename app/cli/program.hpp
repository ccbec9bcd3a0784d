#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace orch::app::cli {

/// The first line that `program --version` prints; nothing when it fails or takes longer. Blocks.
[[nodiscard]] std::optional<std::string> program_version(const std::string& program,
                                                         std::chrono::milliseconds timeout);

} // namespace orch::app::cli
