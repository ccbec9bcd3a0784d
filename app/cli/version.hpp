#pragma once

#include <string_view>

namespace orch::app::cli {

/// The version of this build, such as `0.1.0`.
[[nodiscard]] std::string_view version() noexcept;

} // namespace orch::app::cli
