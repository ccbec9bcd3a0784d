#pragma once

#include "api/context.hpp"
#include "storage/call_log_store.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace orch::api {

/// What the query of a call log request asks for.
struct call_query {
    storage::call_filter filter;
    /// How long the range is, up to now when it has no end.
    std::chrono::system_clock::duration window{};
    /// From 1.
    int page = 1;
    /// For the cursors of this query.
    std::string tag;
};

/// Reads `project_id` (id or name, needed), `time_range` or `start_time` and `end_time`, `status`,
/// `client_type` and `error_code` (several each), `server_id`, `session_id`, `tool_name`,
/// `principal`, `min_duration_ms`, `max_duration_ms`, `min_execution_time`, `max_execution_time`
/// (seconds), `search_text`, `page_size`, `page` or `cursor`, and `bodies`. Tells of everything
/// that is wrong at once; `not_found` for a project that the principal may not see.
[[nodiscard]] result<call_query> read_call_query(const incoming& in,
                                                 std::chrono::system_clock::time_point now);

/// The same; nothing when the request was answered with what is wrong with it.
[[nodiscard]] std::optional<call_query> call_query_of(const context& context, const incoming& in);

/// The same from parameters that are no request's own, for a project that the principal may see.
[[nodiscard]] result<call_query> read_call_query(const net::request& parameters,
                                                 const model::project& project,
                                                 const model::registry& registry,
                                                 std::chrono::system_clock::time_point now);

/// The parameters that narrow the log and everything that is made of it, with a blank between them.
inline constexpr std::string_view narrowing_parameters =
    "time_range start_time end_time status server_id session_id tool_name principal client_type"
    " error_code min_duration_ms max_duration_ms min_execution_time max_execution_time"
    " search_text";
/// Those of them that say when, which stand first, and the others.
inline constexpr std::string_view range_parameters = "time_range start_time end_time";
inline constexpr std::string_view kind_parameters = narrowing_parameters.substr(
    range_parameters.size() + 1);
static_assert(narrowing_parameters.starts_with(range_parameters));

} // namespace orch::api
