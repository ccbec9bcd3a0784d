#pragma once

#include "core/model/observation.hpp"

#include <chrono>

namespace orch::test {

/// The moment around which the samples happen.
[[nodiscard]] std::chrono::system_clock::time_point sample_noon();
/// A successful call with every field set, finished `at`, with a fresh id of that time.
[[nodiscard]] model::call_record sample_call(const project_id& project,
                                             std::chrono::system_clock::time_point at);

/// An open session with every field set, begun at noon.
[[nodiscard]] model::client_session sample_session(const project_id& project);
/// A line of output with a fresh id of that time.
[[nodiscard]] model::server_log_entry sample_line(const project_id& project,
                                                  const server_id& server,
                                                  std::chrono::system_clock::time_point at);

/// Checks field by field, so that a failure names the one that differs.
void check_same(const model::call_record& got, const model::call_record& wanted);

} // namespace orch::test
