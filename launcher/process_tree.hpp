#pragma once

#include <cstddef>

#include <sys/types.h>

namespace orch::launcher {

/// Process ids in a table of fixed size: the launcher has to work when memory is short. Who finds
/// it full handles what is in it and looks again.
struct process_list {
    static constexpr std::size_t capacity = 16'384;

    pid_t pids[capacity];
    std::size_t size = 0;

    /// False when the table is full.
    bool add(pid_t pid) noexcept;
    [[nodiscard]] bool contains(pid_t pid) const noexcept;
};

/// Called with each process as it is found, before anybody looks for its children: whoever stops
/// it there can be sure that it neither forks nor reaps afterwards.
using visitor = void (*)(pid_t pid);

/// Does this kernel list the children of a thread (CONFIG_PROC_CHILDREN)?
[[nodiscard]] bool kernel_lists_children() noexcept;

/// All descendants of `root` by /proc/<pid>/task/<tid>/children; cost grows with the tree only.
void list_by_children(pid_t root, process_list& out, visitor visit) noexcept;

/// The same by the parent's id in /proc/<pid>/stat; reads the whole process table.
void list_by_parent(pid_t root, process_list& out, visitor visit) noexcept;

} // namespace orch::launcher
