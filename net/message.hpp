#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sys/types.h>

namespace orch::net {

using header_list = std::vector<std::pair<std::string, std::string>>;

/// One HTTP request, whole. Header names are lower case.
struct request {
    std::string method;
    /// Path of the target without the query, its escapes valid but not decoded: `route_index`
    /// decodes each segment after splitting.
    std::string path;
    /// Decoded `name=value` pairs in order.
    header_list query;
    header_list headers;
    std::string body;
    /// The peer, or the rightmost hop that is not a trusted proxy.
    std::string client_address;
    std::chrono::system_clock::time_point received_at;
    /// Index of the io context that serves this connection.
    std::size_t unit = 0;
    /// Account of the peer, for connections over the unix socket only (SO_PEERCRED).
    std::optional<uid_t> peer_uid;

    /// The first value; empty when absent. `lower_case_name` must be lower case.
    [[nodiscard]] std::string_view header(std::string_view lower_case_name) const noexcept;
    [[nodiscard]] std::optional<std::string_view> query_value(std::string_view name) const noexcept;
};

/// One HTTP response with a body of known length.
struct response {
    int status = 200;
    std::string content_type;
    std::string body;
    header_list headers;
};

/// What the access log says of one request; no secrets, no query.
struct access_entry {
    std::string_view method;
    /// The route's pattern, not the concrete path; empty when none matched.
    std::string_view route;
    std::string_view path;
    int status = 0;
    std::chrono::microseconds duration{};
    std::string_view principal;
    std::string_view client_address;
    std::size_t response_bytes = 0;
};

} // namespace orch::net
