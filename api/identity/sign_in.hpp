#pragma once

#include "api/account_types.hpp"
#include "api/context.hpp"

#include <functional>

namespace orch::api {

[[nodiscard]] account_view view_of(const model::user& user);

/// Opens a login for `user`, stores it, and answers with `body` and the cookie.
void sign_in(const context& context, const incoming_ptr& in, const model::user& user,
             const std::string& message, int status);

/// The hash of the token in the request's cookie; empty without one.
[[nodiscard]] std::string login_of(const context& context, const incoming& in);

} // namespace orch::api
