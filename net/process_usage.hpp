#pragma once

#include <cstddef>
#include <cstdint>

namespace orch::net {

/// What a process and its descendants take now.
struct process_usage {
    /// Resident memory; pages that several of them share count for each.
    std::uint64_t memory_bytes = 0;
    /// 0 when the process is gone.
    std::size_t processes = 0;

    /// Of a larger tree only so many are counted.
    static constexpr std::size_t processes_max = 256;
};

/// Reads /proc (proc(5)), which does not block. A process that ends meanwhile is left out.
[[nodiscard]] process_usage usage_of_tree(int pid);
/// Resident memory of this process alone; 0 where /proc tells nothing.
[[nodiscard]] std::uint64_t own_memory_bytes();

} // namespace orch::net
