#include "bench/load/process_usage.hpp"

#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <thread>

namespace orch::bench {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

namespace {

fs::path proc(pid_t process) { return fs::path("/proc") / std::to_string(process); }

/// The value of `Rss:` or `VmRSS:` in such a file, in bytes; 0 when it is not there.
std::uint64_t kibibytes_in(const fs::path& file, const std::string& name) {
    std::ifstream in(file);
    for (std::string word; in >> word;) {
        std::uint64_t value = 0;
        if (word == name && in >> value) {
            return value * 1024;
        }
    }
    return 0;
}

} // namespace

cpu_by_thread cpu_of(pid_t process) {
    cpu_by_thread usage;
    for (const auto& task : fs::directory_iterator(proc(process) / "task")) {
        std::ifstream times(task.path() / "schedstat");
        std::ifstream names(task.path() / "comm");
        std::uint64_t running = 0;
        std::string name;
        // A thread may end between the listing and the look.
        if (times >> running && std::getline(names, name)) {
            usage[task.path().filename().string() + " " + name] = std::chrono::nanoseconds{
                static_cast<std::int64_t>(running)};
        }
    }
    if (usage.empty()) {
        throw std::runtime_error("no CPU times of process " + std::to_string(process));
    }
    return usage;
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
    const auto exact = kibibytes_in(proc(process) / "smaps_rollup", "Rss:");
    return exact != 0 ? exact : kibibytes_in(proc(process) / "status", "VmRSS:");
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
