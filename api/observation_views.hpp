#pragma once

#include "api/observation_types.hpp"
#include "api/principal_names.hpp"
#include "api/server_log_query.hpp"
#include "api/session_query.hpp"
#include "core/model/registry.hpp"
#include "storage/server_log_store.hpp"

namespace orch::api {

// What is seen of servers and clients over time, with the names of today.

[[nodiscard]] server_log_line_view view_of(const model::server_log_entry& entry,
                                           const model::registry& registry);
[[nodiscard]] server_log_page_view view_of(const storage::server_log_page& page,
                                           const server_log_query& query,
                                           const model::registry& registry);
[[nodiscard]] server_log_summary_view view_of(const storage::server_log_summary& summary,
                                              const model::registry& registry);
[[nodiscard]] session_view view_of(const model::client_session& row, const principal_names& names,
                                   const model::registry& registry);
[[nodiscard]] session_page_view view_of(const storage::session_page& page,
                                        const session_query& query, const principal_names& names,
                                        const model::registry& registry);

} // namespace orch::api
