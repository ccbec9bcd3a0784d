#pragma once

#include "core/error.hpp"
#include "net/message.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace orch::net {

/// One HTTP request over a unix socket, blocking: for the command line only. `unavailable` when
/// nobody listens there.
[[nodiscard]] result<response> request_over_unix_socket(const std::string& socket_path,
                                                        std::string_view method,
                                                        std::string_view target,
                                                        std::string_view body,
                                                        std::chrono::milliseconds timeout);

} // namespace orch::net
