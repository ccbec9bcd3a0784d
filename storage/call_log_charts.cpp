#include "storage/call_filter_sql.hpp"
#include "storage/call_log_store.hpp"

#include <pqxx/connection>
#include <pqxx/result>
#include <pqxx/transaction>

#include <algorithm>

// What stands beside a list of calls: what it could be narrowed to, and when the calls were.

namespace orch::storage {

namespace {

/// All statements of one answer see the same rows.
using snapshot = pqxx::transaction<pqxx::repeatable_read, pqxx::read_only>;

constexpr std::array all_facets{call_facet::status,    call_facet::server,
                                call_facet::tool,      call_facet::client_type,
                                call_facet::principal, call_facet::failure};

pqxx::result run(pqxx::transaction_base& work, const statement& wanted) {
    return work.exec_params(wanted.text, wanted.parameters.dynamic());
}

/// `buckets` of them cover the range, the last one perhaps more than its rest.
std::chrono::milliseconds width_of(const call_filter& filter, int buckets) {
    const auto range = std::chrono::ceil<std::chrono::milliseconds>(filter.to - filter.from);
    const auto count = std::max(buckets, 1);
    return std::max(std::chrono::milliseconds((range.count() + count - 1) / count),
                    std::chrono::milliseconds(1));
}

} // namespace

call_facets count_facets(pqxx::connection& connection, const call_filter& filter) {
    snapshot work{connection};
    call_facets facets;
    for (const auto facet : all_facets) {
        const auto beside = without(facet, filter);
        auto& values = facets.emplace_back(facet, std::vector<facet_value>{}).second;
        for (const auto& row : run(work, facet_statement(beside, facet))) {
            values.push_back({read_text(row[0]),
                              row[1].is_null() ? server_id{} : server_id{read_id(row[1])},
                              row[2].as<std::uint64_t>()});
        }
    }
    return facets;
}

call_histogram chart_calls(pqxx::connection& connection, const call_filter& filter, int buckets) {
    snapshot work{connection};
    call_histogram chart;
    chart.width = width_of(filter, buckets);
    for (auto begin = filter.from; begin < filter.to; begin += chart.width) {
        chart.buckets.push_back({begin, {}});
    }
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
