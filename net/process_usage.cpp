#include "net/process_usage.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

#include <unistd.h>

namespace orch::net {

namespace {

namespace fs = std::filesystem;

/// Resident bytes; absent when there is no such process.
std::optional<std::uint64_t> resident_bytes(int pid) {
    std::ifstream statm(fmt::format("/proc/{}/statm", pid));
    std::uint64_t size = 0;
    std::uint64_t resident = 0;
    if (!(statm >> size >> resident)) {
        return std::nullopt;
    }
    return resident * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

void append_children(int pid, std::vector<int>& found) {
    std::error_code failure;
    for (fs::directory_iterator task(fmt::format("/proc/{}/task", pid), failure), end;
         !failure && task != end; task.increment(failure)) {
        std::ifstream children(task->path() / "children");
        for (int child = 0; found.size() < process_usage::processes_max && children >> child;) {
            found.push_back(child);
        }
    }
}

} // namespace

process_usage usage_of_tree(int pid) {
    process_usage usage;
    if (pid <= 0) {
        return usage;
    }
    std::vector<int> tree{pid};
    for (std::size_t at = 0; at < tree.size(); ++at) {
        if (const auto bytes = resident_bytes(tree[at])) {
            usage.memory_bytes += *bytes;
            ++usage.processes;
            append_children(tree[at], tree);
        }
    }
    return usage;
}

std::uint64_t own_memory_bytes() { return resident_bytes(::getpid()).value_or(0); }

} // namespace orch::net
