#pragma once

#include <string_view>

namespace orch::net {

/// Whether two URLs of web servers have the same scheme, host and port. False when one of them is
/// no such URL.
[[nodiscard]] bool have_same_origin(std::string_view left, std::string_view right);

} // namespace orch::net
