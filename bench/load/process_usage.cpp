#include "bench/load/process_usage.hpp"

#include "core/byte_sizes.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <system_error>
#include <thread>

#include <unistd.h>

namespace orch::bench {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

namespace {

fs::path proc(pid_t process) { return fs::path("/proc") / std::to_string(process); }

/// The number behind such a name; 0 when it is not there.
std::uint64_t number_in(const fs::path& file, const std::string& name) {
    std::ifstream in(file);
    for (std::string word; in >> word;) {
        std::uint64_t value = 0;
        if (word == name && in >> value) {
            return value;
        }
    }
    return 0;
}

/// Fields of `/proc/<pid>/stat` from the state on, which is the third; empty when it is gone.
std::vector<std::string> stat_of(pid_t process) {
    std::ifstream in(proc(process) / "stat");
    std::string line;
    std::getline(in, line);
    // The name stands in brackets and may hold any.
    std::istringstream rest(line.substr(std::min(line.size(), line.rfind(')') + 1)));
    return {std::istream_iterator<std::string>(rest), {}};
}

/// CPU time of the children that ended and were waited for.
std::chrono::nanoseconds cpu_of_ended_children(pid_t process) {
    constexpr std::size_t user = 13;
    const auto fields = stat_of(process);
    if (fields.size() <= user + 1) {
        return 0ns;
    }
    const auto ticks = std::stoll(fields[user]) + std::stoll(fields[user + 1]);
    return std::chrono::nanoseconds{ticks * 1'000'000'000 / ::sysconf(_SC_CLK_TCK)};
}

/// Of a process that is gone: nothing.
cpu_by_thread threads_of(pid_t process) {
    cpu_by_thread usage;
    std::error_code gone;
    for (fs::directory_iterator task(proc(process) / "task", gone), end; !gone && task != end;
         task.increment(gone)) {
        std::ifstream times(task->path() / "schedstat");
        std::ifstream names(task->path() / "comm");
        std::uint64_t running = 0;
        std::string name;
        // A thread may end between the listing and the look.
        if (times >> running && std::getline(names, name)) {
            usage[task->path().filename().string() + " " + name] = std::chrono::nanoseconds{
                static_cast<std::int64_t>(running)};
        }
    }
    return usage;
}

} // namespace

cpu_by_thread cpu_of(pid_t process) {
    auto usage = threads_of(process);
    if (usage.empty()) {
        throw std::runtime_error("no CPU times of process " + std::to_string(process));
    }
    return usage;
}

std::vector<pid_t> tree_of(pid_t process) {
    std::multimap<pid_t, pid_t> children;
    std::error_code gone;
    for (fs::directory_iterator entry("/proc", gone), end; !gone && entry != end;
         entry.increment(gone)) {
        const auto name = entry->path().filename().string();
        pid_t found = 0;
        if (std::from_chars(name.data(), name.data() + name.size(), found).ec != std::errc{}) {
            continue;
        }
        const auto fields = stat_of(found);
        if (fields.size() > 1) {
            children.emplace(std::stoi(fields[1]), found);
        }
    }
    std::vector<pid_t> tree{process};
    for (std::size_t i = 0; i < tree.size(); ++i) {
        const auto [first, last] = children.equal_range(tree[i]);
        for (auto child = first; child != last; ++child) {
            tree.push_back(child->second);
        }
    }
    return tree;
}

std::chrono::nanoseconds cpu_of_tree(pid_t process) {
    std::chrono::nanoseconds sum{};
    for (const auto each : tree_of(process)) {
        sum += total(threads_of(each)) + cpu_of_ended_children(each);
    }
    return sum;
}

std::uint64_t voluntary_switches(pid_t process) {
    std::uint64_t sum = 0;
    std::error_code gone;
    for (fs::directory_iterator task(proc(process) / "task", gone), end; !gone && task != end;
         task.increment(gone)) {
        sum += number_in(task->path() / "status", "voluntary_ctxt_switches:");
    }
    return sum;
}

std::chrono::nanoseconds total(const cpu_by_thread& usage) {
    std::chrono::nanoseconds sum{};
    for (const auto& [thread, time] : usage) {
        sum += time;
    }
    return sum;
}

cpu_by_thread difference(const cpu_by_thread& before, const cpu_by_thread& after) {
    cpu_by_thread used;
    for (const auto& [thread, time] : after) {
        const auto known = before.find(thread);
        used[thread.substr(thread.find(' ') + 1)] += time -
                                                     (known == before.end() ? 0ns : known->second);
    }
    return used;
}

std::uint64_t resident_bytes(pid_t process) {
    // The roll-up is exact but may be closed to us; the status is good to a few pages per thread.
    const auto exact = number_in(proc(process) / "smaps_rollup", "Rss:");
    return kib * (exact != 0 ? exact : number_in(proc(process) / "status", "VmRSS:"));
}

std::uint64_t open_descriptors(pid_t process) {
    std::uint64_t count = 0;
    std::error_code gone;
    for (fs::directory_iterator entry(proc(process) / "fd", gone), end; !gone && entry != end;
         entry.increment(gone)) {
        ++count;
    }
    return count;
}

bool wait_until_quiet(pid_t process, std::chrono::milliseconds longest) {
    constexpr auto look = 100ms;
    constexpr auto hardly = look / 33;
    auto last = total(cpu_of(process));
    int quiet = 0;
    for (auto waited = 0ms; waited < longest && quiet < 3; waited += look) {
        std::this_thread::sleep_for(look);
        const auto now = total(cpu_of(process));
        quiet = now - last <= hardly ? quiet + 1 : 0;
        last = now;
    }
    return quiet == 3;
}

} // namespace orch::bench
