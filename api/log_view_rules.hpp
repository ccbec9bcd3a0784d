#pragma once

#include "api/fault_list.hpp"
#include "core/model/registry.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace orch::api {

/// Notes in `faults` what is wrong with the name of a view.
void check_view_name(const std::string& name, fault_list& faults);

/// The query of a view as it is kept: parameters of the call log as they stand in an address, but
/// for `project_id`, `page` and `cursor`. Read as the call log reads them, so that what is kept is
/// what it will take; `query.status` is the field of what is wrong with `status`. Empty parameters
/// are left out.
[[nodiscard]] std::string checked_view_query(std::string_view text, const model::project& project,
                                             const model::registry& registry,
                                             std::chrono::system_clock::time_point now,
                                             fault_list& faults);

} // namespace orch::api
