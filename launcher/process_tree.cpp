#include "launcher/process_tree.hpp"

#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

namespace orch::launcher {
namespace {

constexpr std::size_t path_bytes = 64;

/// Calls `found` with every entry of a directory whose name is a number.
template <class Found>
void for_each_number(const char* directory, Found found) {
    const int fd = ::open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) {
        return;
    }
    alignas(dirent64) char entries[4'096];
    ssize_t bytes = 0;
    while ((bytes = ::getdents64(fd, entries, sizeof entries)) > 0) {
        for (ssize_t at = 0; at < bytes;) {
            const auto* entry = static_cast<const dirent64*>(static_cast<void*>(entries + at));
            at += entry->d_reclen;
            if (entry->d_name[0] >= '1' && entry->d_name[0] <= '9') {
                found(static_cast<pid_t>(std::atoi(entry->d_name)));
            }
        }
    }
    ::close(fd);
}

void add_and_visit(process_list& out, pid_t pid, visitor visit) {
    if (out.add(pid)) {
        visit(pid);
    }
}

void add_children_of_thread(pid_t pid, pid_t thread, process_list& out, visitor visit) {
    char path[path_bytes];
    std::snprintf(path, sizeof path, "/proc/%d/task/%d/children", pid, thread);
    const int fd = ::open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return;
    }
    char text[4'096];
    ssize_t bytes = 0;
    pid_t number = 0;
    while ((bytes = ::read(fd, text, sizeof text)) > 0) {
        for (ssize_t at = 0; at < bytes; ++at) {
            if (text[at] != ' ') {
                number = number * 10 + (text[at] - '0');
                continue;
            }
            add_and_visit(out, number, visit);
            number = 0;
        }
    }
    ::close(fd);
}

void add_children(pid_t pid, process_list& out, visitor visit) {
    char path[path_bytes];
    std::snprintf(path, sizeof path, "/proc/%d/task", pid);
    for_each_number(path, [&](pid_t thread) { add_children_of_thread(pid, thread, out, visit); });
}

/// 0 when the process is gone.
pid_t parent_of(pid_t pid) {
    char path[path_bytes];
    std::snprintf(path, sizeof path, "/proc/%d/stat", pid);
    const int fd = ::open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return 0;
    }
    char text[256];
    const ssize_t bytes = ::read(fd, text, sizeof text - 1);
    ::close(fd);
    if (bytes <= 0) {
        return 0;
    }
    text[bytes] = '\0';
    // "pid (name) state parent": the name may hold blanks and brackets of its own.
    const char* name_end = std::strrchr(text, ')');
    return name_end != nullptr && std::strlen(name_end) > 4 ? std::atoi(name_end + 4) : 0;
}

} // namespace

bool process_list::add(pid_t pid) noexcept {
    if (size == capacity) {
        return false;
    }
    pids[size++] = pid;
    return true;
}

bool process_list::contains(pid_t pid) const noexcept {
    for (std::size_t at = 0; at < size; ++at) {
        if (pids[at] == pid) {
            return true;
        }
    }
    return false;
}

bool kernel_lists_children() noexcept {
    char path[path_bytes];
    std::snprintf(path, sizeof path, "/proc/self/task/%d/children", ::getpid());
    return ::access(path, R_OK) == 0;
}

void list_by_children(pid_t root, process_list& out, visitor visit) noexcept {
    out.size = 0;
    add_children(root, out, visit);
    for (std::size_t at = 0; at < out.size; ++at) {
        add_children(out.pids[at], out, visit);
    }
}

void list_by_parent(pid_t root, process_list& out, visitor visit) noexcept {
    out.size = 0;
    std::size_t before = 0;
    // Ids wrap, so a child may stand before its parent: look again until nothing is added.
    do {
        before = out.size;
        for_each_number("/proc", [&](pid_t pid) {
            const pid_t parent = parent_of(pid);
            if ((parent == root || out.contains(parent)) && !out.contains(pid)) {
                add_and_visit(out, pid, visit);
            }
        });
    } while (out.size != before);
}

} // namespace orch::launcher
