#pragma once

#include "api/context.hpp"
#include "storage/server_log_filter.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace orch::api {

/// What a request for lines of servers asks for.
struct server_log_query {
    storage::server_log_filter filter;
    /// For the cursors of this query.
    std::string tag;
};

/// Reads `level`, `category` and `server_id` (several each), `time_range` or `start_time` and
/// `end_time` (a day when there is none), `search_text`, `limit` and `cursor`. The lines are those
/// of the server that the path names, else of the path's project, else of all projects or of that
/// which `project_id` names. Tells of everything that is wrong at once; `not_found` when the path
/// names a server that is not there.
[[nodiscard]] result<server_log_query>
read_server_log_query(const incoming& in, std::chrono::system_clock::time_point now);

/// The same; nothing when the request was answered with what is wrong with it.
[[nodiscard]] std::optional<server_log_query> server_log_query_of(const context& context,
                                                                  const incoming& in);

} // namespace orch::api
