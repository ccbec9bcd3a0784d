#include "bench/load/call_tally.hpp"

#include <string>
#include <utility>

namespace orch::bench {

namespace {

constexpr std::size_t points_max = 100;

} // namespace

double microseconds(std::chrono::nanoseconds time) {
    return std::chrono::duration<double, std::micro>(time).count();
}

void write_quantiles(json_writer& out, const latency_histogram& latencies,
                     std::string_view prefix) {
    for (const auto& [name, share] : {std::pair{"p50_us", 0.5}, std::pair{"p90_us", 0.9},
                                      std::pair{"p99_us", 0.99}, std::pair{"p999_us", 0.999}}) {
        out.key(std::string(prefix) + name).number(microseconds(latencies.quantile(share)));
    }
    out.key(std::string(prefix) + "max_us").number(microseconds(latencies.max()));
}

void call_tally::add(verdict judged, std::size_t answer_bytes, clock::time_point since) {
    ++calls_;
    wrong_ += judged == verdict::wrong ? 1 : 0;
    failed_ += judged == verdict::failed ? 1 : 0;
    bytes_ += answer_bytes;
    if (since >= warm_) {
        latencies_.add(clock::now() - since);
    }
}

void call_tally::start(clock::time_point now, std::chrono::nanoseconds warm_up) {
    started_ = now;
    warm_ = now + warm_up;
}

void call_tally::write(json_writer& out) const {
    const auto seconds = std::chrono::duration<double>(stopped_ - started_).count();
    out.key("calls").number(calls_).key("wrong").number(wrong_).key("failed").number(failed_);
    out.key("calls_per_second").number(static_cast<double>(calls_) / seconds);
    out.key("bytes_per_second").number(static_cast<double>(bytes_) / seconds);
    write_quantiles(out, latencies_);
    out.key("histogram").begin_array();
    for (const auto& point : latencies_.points(points_max)) {
        out.begin_array().number(microseconds(point.upper)).number(point.count).end_array();
    }
    out.end_array();
}

} // namespace orch::bench
