#pragma once

#include <string>
#include <string_view>

namespace orch::config {

/// A libpq connection string (URL or `name=value` words) with every password replaced by `***`.
/// A text that is neither is replaced whole.
[[nodiscard]] std::string mask_connection(std::string_view connection);

} // namespace orch::config
