#include "api/admin/handlers.hpp"
#include "api/call_query.hpp"
#include "api/call_views.hpp"
#include "api/paging.hpp"
#include "api/query.hpp"

namespace orch::api {

namespace {

constexpr std::size_t buckets_default = 60;
constexpr std::size_t buckets_max = 500;

/// The filter of the query, or an answer that says what is wrong with it.
std::optional<storage::call_filter> filter_of(const context& context, const incoming& in) {
    auto filter = read_call_filter(in, context.runtime.clock.wall());
    if (filter) {
        return *filter;
    }
    in.exchange->respond(filter.error().code == errc::not_found ? nothing_here()
                                                                : problem(filter.error()));
    return std::nullopt;
}

} // namespace

void list_calls(const context& context, const incoming_ptr& in) {
    const auto filter = filter_of(context, *in);
    if (!filter) {
        return;
    }
    answer_from_database<storage::call_page>(
        context, in,
        [filter = *filter](pqxx::connection& connection) {
            return storage::query_calls(connection, filter);
        },
        [limit = filter->limit](const storage::call_page& page) {
            return json_response(to_json(view_of(page, limit)));
        });
}

void measure_calls(const context& context, const incoming_ptr& in) {
    const auto filter = filter_of(context, *in);
    if (!filter) {
        return;
    }
    answer_from_database<storage::call_metrics>(
        context, in,
        [filter = *filter](pqxx::connection& connection) {
            return storage::measure_calls(connection, filter);
        },
        [window = filter->to - filter->from](const storage::call_metrics& metrics) {
            return json_response(to_json(view_of(metrics, window)));
        });
}

void count_call_facets(const context& context, const incoming_ptr& in) {
    const auto filter = filter_of(context, *in);
    if (!filter) {
        return;
    }
    answer_from_database<storage::call_facets>(
        context, in,
        [filter = *filter](pqxx::connection& connection) {
            return storage::count_facets(connection, filter);
        },
        [](const storage::call_facets& facets) { return json_response(to_json(view_of(facets))); });
}

void chart_calls(const context& context, const incoming_ptr& in) {
    const auto filter = filter_of(context, *in);
    if (!filter) {
        return;
    }
    std::size_t buckets = buckets_default;
    if (const auto read = read_number(in->request, "buckets", buckets_max, buckets); !read) {
        in->exchange->respond(problem(read.error()));
        return;
    }
    answer_from_database<storage::call_histogram>(
        context, in,
        [filter = *filter, buckets](pqxx::connection& connection) {
            return storage::chart_calls(connection, filter, static_cast<int>(buckets));
        },
        [](const storage::call_histogram& chart) {
            return json_response(to_json(view_of(chart)));
        });
}

void show_call(const context& context, const incoming_ptr& in) {
    const auto filter = filter_of(context, *in);
    if (!filter) {
        return;
    }
    const auto id = uuid::parse(in->path["call"]);
    if (!id) {
        in->exchange->respond(nothing_here());
        return;
    }
    using found = std::optional<model::call_record>;
    answer_from_database<found>(
        context, in,
        [project = filter->project, id = *id](pqxx::connection& connection) {
            return storage::find_call(connection, project, id);
        },
        [](const found& record) {
            return record ? json_response(to_json(view_of(*record))) : nothing_here();
        });
}

} // namespace orch::api
