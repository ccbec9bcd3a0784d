#pragma once

#include "core/error.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace orch::api {

inline constexpr std::size_t email_bytes_max = 254;

/// The one form in which an e-mail address is stored and looked up: without blanks around it, in
/// lower case. `invalid_argument` for what is not shaped like one; the rules are those of browsers
/// for `<input type=email>`, and the domain has a dot or is `localhost`. ASCII only:
/// internationalised domains come in their `xn--` form.
[[nodiscard]] result<std::string> normalise_email(std::string_view text);

} // namespace orch::api
