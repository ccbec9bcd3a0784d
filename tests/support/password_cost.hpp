#pragma once

#include "crypto/password.hpp"

namespace orch::test {

/// The least that argon2id can do: tests are about who compares what, not about the work.
inline constexpr crypto::password_cost least_cost{.passes = 1, .memory_bytes = 8 * kib};

} // namespace orch::test
