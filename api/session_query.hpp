#pragma once

#include "api/context.hpp"
#include "storage/session_query.hpp"

#include <chrono>
#include <string>

namespace orch::api {

/// What a request for client sessions asks for.
struct session_query {
    storage::session_filter filter;
    /// For the cursors of this query.
    std::string tag;
};

/// Reads `state` (live, ended or all), `client_type` (several), `principal`, `server_id`,
/// `time_range` or `start_time` and `end_time` (of the beginning; all when there is none), `limit`
/// and `cursor`, for the project of the path. Tells of everything that is wrong at once.
[[nodiscard]] result<session_query> read_session_query(const incoming& in,
                                                       std::chrono::system_clock::time_point now);

} // namespace orch::api
