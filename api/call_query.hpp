#pragma once

#include "api/context.hpp"
#include "core/error.hpp"
#include "storage/call_log_store.hpp"

namespace orch::api {

/// The filter that the query of a call log request asks for: `project_id` (id or name, needed),
/// `time_range` or `start_time` and `end_time`, `status` (several), `server_id`, `session_id`,
/// `tool_name`, `principal`, `client_type` and `error_code` (several), `min_duration_ms`,
/// `max_duration_ms`, `page_size`, `cursor`. `not_found` for a project that the principal may not
/// see.
[[nodiscard]] result<storage::call_filter>
read_call_filter(const incoming& in, std::chrono::system_clock::time_point now);

} // namespace orch::api
