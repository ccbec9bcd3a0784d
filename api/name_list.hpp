#pragma once

#include <string_view>

namespace orch::api {

/// Whether `name` is one of `names`, which have a blank between them.
[[nodiscard]] bool is_listed(std::string_view name, std::string_view names) noexcept;

} // namespace orch::api
