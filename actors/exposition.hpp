#pragma once

#include "actors/latency_histogram.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace orch::actors {

using metric_labels = std::vector<std::pair<std::string_view, std::string_view>>;

/// Writes metrics in Prometheus' text format, version 0.0.4: `family` once per metric, then its
/// samples. Label values are escaped.
class exposition {
public:
    explicit exposition(std::string& out) : out_(out) {}

    /// `type` is counter, gauge or histogram.
    void family(std::string_view name, std::string_view type, std::string_view help);
    void sample(std::string_view name, const metric_labels& labels, double value);
    /// Buckets (cumulative), sum and count.
    void histogram(std::string_view name, const metric_labels& labels,
                   const latency_histogram& values);

private:
    void labels(const metric_labels& labels);

    std::string& out_;
};

} // namespace orch::actors
