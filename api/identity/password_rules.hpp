#pragma once

#include "core/error.hpp"

#include <string_view>

namespace orch::api {

/// Whether somebody may choose this password: 8 to 1024 bytes of UTF-8 without control characters,
/// not the account's own e-mail or name, and none of those that are tried first. Else
/// `invalid_argument` with a sentence for the person who chooses. Never quotes the password.
[[nodiscard]] result<void> check_new_password(std::string_view password, std::string_view email,
                                              std::string_view name);

} // namespace orch::api
