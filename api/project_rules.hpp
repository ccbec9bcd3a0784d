#pragma once

#include "api/project_types.hpp"
#include "core/error.hpp"
#include "core/model/registry.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace orch::api {

/// `[a-z0-9-]{1,63}` that does not look like a UUID.
[[nodiscard]] bool is_project_slug(std::string_view name) noexcept;
/// A slug for a name that people gave: lower case, everything else becomes a dash, and a number at
/// the end as long as `is_free` says no.
[[nodiscard]] std::string free_slug(std::string_view name,
                                    const std::function<bool(const std::string&)>& is_free);

/// The names of a new project. A slug is taken as it is and must be free (`conflict`); any other
/// text is the display name, and a slug is made of it.
[[nodiscard]] result<void> name_project(model::project& project,
                                        const create_project_request& wanted,
                                        const model::registry& registry);
/// Another slug, if one is wanted; the old one stays an alias. `conflict` when it leads elsewhere.
[[nodiscard]] result<void> rename_project(model::project& project,
                                          const update_project_request& wanted,
                                          const model::registry& registry);
/// Puts the other fields that are there into `project`; `invalid_argument` names the field.
[[nodiscard]] result<void> apply(const update_project_request& wanted, model::project& project);

} // namespace orch::api
