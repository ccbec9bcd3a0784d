#pragma once

#include "core/error.hpp"
#include "net/message.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace orch::api {

/// The HTTP status of an error.
[[nodiscard]] int status_of(errc code) noexcept;

/// A problem body (RFC 9457) with `title`, `status`, `detail`, and `errors` where several things
/// are wrong at once.
[[nodiscard]] net::response problem(int status, std::string_view detail);
[[nodiscard]] net::response problem(const error& failure);
/// 401 with the challenge that clients of MCP look for.
[[nodiscard]] net::response challenge(std::string_view detail);
/// With `Retry-After`, for what may be tried again later.
[[nodiscard]] net::response problem_for_now(int status, std::string_view detail,
                                            std::chrono::seconds retry_after);
/// 404 in the same words for what is not there and what one may not know of.
[[nodiscard]] net::response nothing_here();

[[nodiscard]] net::response json_response(std::string body, int status = 200);
[[nodiscard]] net::response text_response(std::string_view text, int status = 200);

} // namespace orch::api
