#pragma once

#include "core/clock.hpp"

#include <string>

namespace orch {

/// `at` in UTC as RFC 3339, rounded down to microseconds: `2026-01-31T12:00:00.123456Z`. The form
/// of the REST API, of timestamptz parameters and of our own log. Cheap for times of the second
/// that the same thread printed last.
[[nodiscard]] std::string to_rfc3339(wall_time at);

} // namespace orch
