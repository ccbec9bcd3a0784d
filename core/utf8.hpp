#pragma once

#include <string_view>

namespace orch {

/// Whether `text` is well-formed UTF-8 (RFC 3629) as a whole; the empty text is.
[[nodiscard]] bool is_utf8(std::string_view text) noexcept;

} // namespace orch
