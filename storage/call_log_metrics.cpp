#include "storage/call_log_metrics.hpp"

#include "storage/call_metrics_sql.hpp"
#include "storage/call_snapshot.hpp"

#include <pqxx/connection>

#include <algorithm>

namespace orch::storage {

namespace {

std::optional<double> seconds_in(const pqxx::field& field) {
    return field.is_null() ? std::nullopt : std::optional{field.as<double>()};
}

/// The measured columns of a row, the first of which stands at `at`.
call_metrics read_metrics(const pqxx::row& row, pqxx::row::size_type at) {
    call_metrics out;
    for (auto* count : {&out.total, &out.success, &out.error, &out.timeout, &out.cancelled,
                        &out.unique_tools, &out.unique_sessions, &out.unique_principals}) {
        *count = row[at++].as<std::uint64_t>();
    }
    for (auto* seconds : {&out.mean, &out.p50, &out.p95, &out.p99}) {
        *seconds = seconds_in(row[at++]);
    }
    return out;
}

/// `buckets` of them cover the range, the last one perhaps more than its rest.
std::chrono::milliseconds width_of(const call_filter& filter, int buckets) {
    const auto range = std::chrono::ceil<std::chrono::milliseconds>(filter.to - filter.from);
    const auto count = std::max(buckets, 1);
    return std::max(std::chrono::milliseconds((range.count() + count - 1) / count),
                    std::chrono::milliseconds(1));
}

/// Empty buckets of that width over the range, `most` at most.
template <class Bucket>
std::vector<Bucket> buckets_of(const call_filter& filter, std::chrono::milliseconds width,
                               int most) {
    std::vector<Bucket> out;
    for (int i = 0; i < most && filter.from + i * width < filter.to; ++i) {
        out.push_back({filter.from + i * width, {}});
    }
    return out;
}

constexpr std::array all_facets{call_facet::status,    call_facet::server,
                                call_facet::tool,      call_facet::client_type,
                                call_facet::principal, call_facet::failure};

} // namespace

call_metrics measure_calls(pqxx::connection& connection, const call_filter& filter) {
    snapshot work{connection};
    auto metrics = read_metrics(run(work, metrics_statement(filter))[0], 0);
    for (const auto& row : run(work, errors_statement(filter))) {
        if (const auto kind = model::parse_error_class(row[0].c_str())) {
            metrics.errors.emplace_back(*kind, row[1].as<std::uint64_t>());
        }
    }
    return metrics;
}

std::vector<measured_group> measure_groups(pqxx::connection& connection, const call_filter& filter,
                                           call_group by, const std::string& prefix,
                                           group_order order, int limit) {
    snapshot work{connection};
    std::vector<measured_group> groups;
    for (const auto& row : run(work, groups_statement(filter, by, prefix, order, limit))) {
        groups.push_back({read_text(row[0]), server_id{read_id(row[1])},
                          row[1].is_null() ? "" : read_text(row[2]), read_metrics(row, 3)});
    }
    return groups;
}

call_series measure_series(pqxx::connection& connection, const call_filter& filter, int buckets) {
    snapshot work{connection};
    const auto width = width_of(filter, buckets);
    call_series series{width, buckets_of<measured_bucket>(filter, width, buckets)};
    for (const auto& row : run(work, series_statement(filter, width))) {
        if (const auto at = row[0].as<std::size_t>(); at < series.buckets.size()) {
            series.buckets[at].metrics = read_metrics(row, 1);
        }
    }
    return series;
}

std::vector<unused_tool> list_unused_tools(pqxx::connection& connection,
                                           const call_filter& filter) {
    snapshot work{connection};
    std::vector<unused_tool> tools;
    for (const auto& row : run(work, unused_tools_statement(filter))) {
        tools.push_back({server_id{read_id(row[0])}, read_text(row[1]), read_text(row[2])});
    }
    return tools;
}

call_facets count_facets(pqxx::connection& connection, const call_filter& filter) {
    snapshot work{connection};
    call_facets facets;
    for (const auto facet : all_facets) {
        const auto beside = without(facet, filter);
        auto& values = facets.emplace_back(facet, std::vector<facet_value>{}).second;
        for (const auto& row : run(work, facet_statement(beside, facet))) {
            values.push_back(
                {read_text(row[0]), server_id{read_id(row[1])}, row[2].as<std::uint64_t>()});
        }
    }
    return facets;
}

call_histogram chart_calls(pqxx::connection& connection, const call_filter& filter, int buckets) {
    snapshot work{connection};
    const auto width = width_of(filter, buckets);
    call_histogram chart{width, buckets_of<histogram_bucket>(filter, width, buckets)};
    for (const auto& row : run(work, histogram_statement(filter, chart.width))) {
        const auto at = row[0].as<std::size_t>();
        const auto status = model::parse_call_status(row[1].c_str());
        if (status && at < chart.buckets.size()) {
            chart.buckets[at].by_status[static_cast<std::size_t>(*status)] =
                row[2].as<std::uint64_t>();
        }
    }
    return chart;
}

} // namespace orch::storage
