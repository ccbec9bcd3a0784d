#include "actors/exposition.hpp"

#include <fmt/format.h>

#include <iterator>

namespace orch::actors {

namespace {

void append_escaped(std::string& out, std::string_view value) {
    for (const char c : value) {
        switch (c) {
        case '\\': out += "\\\\"; break;
        case '"': out += "\\\""; break;
        case '\n': out += "\\n"; break;
        default: out += c;
        }
    }
}

} // namespace

void exposition::family(std::string_view name, std::string_view type, std::string_view help) {
    fmt::format_to(std::back_inserter(out_), "# HELP {} {}\n# TYPE {} {}\n", name, help, name,
                   type);
}

void exposition::sample(std::string_view name, const metric_labels& with, double value) {
    out_ += name;
    labels(with);
    fmt::format_to(std::back_inserter(out_), " {}\n", value);
}

void exposition::histogram(std::string_view name, const metric_labels& with,
                           const latency_histogram& values) {
    const std::string bucket = fmt::format("{}_bucket", name);
    std::uint64_t cumulative = 0;
    for (std::size_t i = 0; i <= latency_histogram::bounds.size(); ++i) {
        cumulative += values.in_bucket(i);
        const std::string bound = i < latency_histogram::bounds.size()
                                      ? fmt::format("{}", latency_histogram::bounds[i])
                                      : "+Inf";
        auto bounded = with;
        bounded.emplace_back("le", bound);
        sample(bucket, bounded, static_cast<double>(cumulative));
    }
    sample(fmt::format("{}_sum", name), with, values.sum_seconds());
    sample(fmt::format("{}_count", name), with, static_cast<double>(values.count()));
}

void exposition::labels(const metric_labels& with) {
    if (with.empty()) {
        return;
    }
    char before = '{';
    for (const auto& [name, value] : with) {
        out_ += before;
        out_ += name;
        out_ += "=\"";
        append_escaped(out_, value);
        out_ += '"';
        before = ',';
    }
    out_ += '}';
}

} // namespace orch::actors
