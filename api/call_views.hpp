#pragma once

#include "api/call_query.hpp"
#include "api/call_types.hpp"
#include "core/model/observation.hpp"
#include "storage/call_log_metrics.hpp"

#include <chrono>

namespace orch::api {

[[nodiscard]] call_view view_of(const model::call_record& record);
[[nodiscard]] call_page_view view_of(const storage::call_page& page, const call_query& query);
/// `window` is the length of the filtered range, for the rate.
[[nodiscard]] call_metrics_view view_of(const storage::call_metrics& metrics,
                                        std::chrono::system_clock::duration window);

[[nodiscard]] call_groups_view view_of(const std::vector<storage::measured_group>& groups);
[[nodiscard]] call_series_view view_of(const storage::call_series& series);
[[nodiscard]] unused_tools_view view_of(const std::vector<storage::unused_tool>& tools);
[[nodiscard]] call_facets_view view_of(const storage::call_facets& facets);
[[nodiscard]] call_histogram_view view_of(const storage::call_histogram& chart);

} // namespace orch::api
