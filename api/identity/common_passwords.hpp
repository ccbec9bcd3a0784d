#pragma once

#include <string_view>

namespace orch::api {

/// Whether `text`, in either case, is one of about a hundred passwords that are tried first.
[[nodiscard]] bool is_common_password(std::string_view text) noexcept;

} // namespace orch::api
