#pragma once

#include "core/model/observation.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace orch::storage {

/// Which lines of servers are wanted.
struct server_log_filter {
    /// Nothing for the lines of all projects; the nil id has none.
    std::optional<project_id> project = project_id{};
    /// Half-open range of the time of a line, which is in its id: to the millisecond.
    std::chrono::system_clock::time_point from;
    std::chrono::system_clock::time_point to;
    /// Any of these; empty for all.
    std::vector<model::log_level> levels = {};
    std::vector<model::log_category> categories = {};
    std::vector<server_id> servers = {};
    /// Folded text (`mcp/search_text.hpp`) that a line's own must contain; empty for all.
    std::string search = {};
    /// Lines strictly older than this one: the keyset cursor.
    std::optional<uuid> before = {};
    int limit = 100;
};

/// Whether the filter finds this line, which need not be stored yet; its `search_text` must be
/// there. The same decision as the statements of `server_log_sql.hpp` make, but for the range of
/// time and what says which page.
[[nodiscard]] bool passes(const server_log_filter& filter, const model::server_log_entry& line);

} // namespace orch::storage
