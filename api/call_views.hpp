#pragma once

#include "api/call_query.hpp"
#include "api/call_types.hpp"
#include "api/principal_names.hpp"
#include "core/model/observation.hpp"
#include "storage/call_log_metrics.hpp"

#include <chrono>

namespace orch::api {

[[nodiscard]] call_view view_of(const model::call_record& record, const principal_names& names);
[[nodiscard]] call_page_view view_of(const storage::call_page& page, const call_query& query,
                                     const principal_names& names);
/// `window` is the length of the filtered range, for the rate.
[[nodiscard]] call_metrics_view view_of(const storage::call_metrics& metrics,
                                        std::chrono::system_clock::duration window);

/// `names` is null unless the groups are principals.
[[nodiscard]] call_groups_view view_of(const std::vector<storage::measured_group>& groups,
                                       const principal_names* names);
[[nodiscard]] call_series_view view_of(const storage::call_series& series);
[[nodiscard]] unused_tools_view view_of(const std::vector<storage::unused_tool>& tools);
[[nodiscard]] call_facets_view view_of(const storage::call_facets& facets,
                                       const principal_names& names);
[[nodiscard]] call_histogram_view view_of(const storage::call_histogram& chart);

} // namespace orch::api
