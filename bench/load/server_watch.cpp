#include "bench/load/server_watch.hpp"

#include "bench/load/call_tally.hpp"

#include <string>

namespace orch::bench {

namespace {

using namespace std::chrono_literals;
using clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds longest_drain = 60s;

} // namespace

void server_watch::begin() {
    if (server_ != 0) {
        wait_until_quiet(server_, longest_drain);
        tree_ = cpu_of_tree(server_);
        before_ = cpu_of(server_);
    }
}

void server_watch::end() {
    if (server_ != 0) {
        const auto answered = clock::now();
        is_quiet_ = wait_until_quiet(server_, longest_drain);
        drained_ = clock::now() - answered;
        used_ = difference(before_, cpu_of(server_));
        tree_ = cpu_of_tree(server_) - tree_;
    }
}

void server_watch::write(json_writer& out, std::uint64_t units, std::string_view unit) const {
    if (server_ == 0 || units == 0) {
        return;
    }
    const auto per_unit = [units](std::chrono::nanoseconds time) {
        return microseconds(time) / static_cast<double>(units);
    };
    const auto name = "cpu_us_per_" + std::string(unit);
    out.key(name).number(per_unit(total(used_)));
    out.key("tree_" + name).number(per_unit(tree_));
    out.key("drain_seconds").number(drained_.count());
    out.key("drained").boolean(is_quiet_);
    out.key("resident_bytes").number(resident_bytes(server_));
    out.key(name + "_by_thread").begin_object();
    for (const auto& [thread, time] : used_) {
        out.key(thread).number(per_unit(time));
    }
    out.end_object();
}

} // namespace orch::bench
