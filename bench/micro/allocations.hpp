#pragma once

#include <cstdint>

namespace orch::bench {

/// What all threads have asked `new` for since the program began. Linking this puts a counting
/// `new` into the program.
struct allocations {
    std::uint64_t count = 0;
    std::uint64_t bytes = 0;
};
[[nodiscard]] allocations allocations_so_far() noexcept;

} // namespace orch::bench
