#pragma once

#include "core/uuid.hpp"
#include "net/message.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace orch::api {

/// Where a walk through a log goes on.
struct page_cursor {
    /// The last row of the page before.
    uuid before;
    /// Where the walk's range begins, so that a preset such as `30m` does not move under it. To the
    /// millisecond.
    std::chrono::system_clock::time_point from;
};

/// Stands for what a query asks for: `scope`, which names the log and whose rows of it, and all
/// parameters but those that say which page. Two queries with the same tag give the same rows in
/// the same order.
[[nodiscard]] std::string query_tag(std::string_view scope, const net::header_list& query);

/// One token without characters that an address would have to escape. It is no secret, and gives no
/// right: it only tells when it is used for another query than its own.
[[nodiscard]] std::string print_cursor(const page_cursor& cursor, std::string_view tag);
/// Nothing for a text that is no cursor, or one of another query.
[[nodiscard]] std::optional<page_cursor> read_cursor(std::string_view text, std::string_view tag);

} // namespace orch::api
