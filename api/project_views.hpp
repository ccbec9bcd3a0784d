#pragma once

#include "api/principal.hpp"
#include "api/project_types.hpp"
#include "core/model/activity.hpp"
#include "core/model/observation.hpp"
#include "core/model/registry.hpp"

namespace orch::api {

[[nodiscard]] project_view view_of(const model::project& project, const principal& who,
                                   const model::registry& registry);
[[nodiscard]] member_view view_of(const model::project_member& member, const principal& who,
                                  const model::registry& registry);
[[nodiscard]] std::vector<member_view> members_view(const project_id& project, const principal& who,
                                                    const model::registry& registry);
[[nodiscard]] activity_view view_of(const model::activity& activity);
/// A tool call as a feed shows it.
[[nodiscard]] activity_view activity_of(const model::call_record& call);
[[nodiscard]] std::vector<activity_view> views_of(const std::vector<model::activity>& activities);

} // namespace orch::api
