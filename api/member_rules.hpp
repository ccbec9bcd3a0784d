#pragma once

#include "core/error.hpp"
#include "core/model/people.hpp"

#include <string>

namespace orch::api {

/// What somebody wrote for a role or a way of invitation; `invalid_argument` names the field.
[[nodiscard]] result<model::role> role_of(const std::string& text);
[[nodiscard]] result<model::invitation> invitation_of(const std::string& text);

} // namespace orch::api
