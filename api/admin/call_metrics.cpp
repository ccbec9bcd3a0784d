#include "api/admin/handlers.hpp"
#include "api/call_query.hpp"
#include "api/call_views.hpp"
#include "api/fault_list.hpp"
#include "api/paging.hpp"
#include "api/query.hpp"

#include <algorithm>
#include <array>
#include <type_traits>
#include <utility>

// Numbers about the calls that a list with the same parameters holds.

namespace orch::api {

namespace {

constexpr std::size_t buckets_default = 60;
constexpr std::size_t buckets_max = 500;
constexpr std::size_t groups_default = 20;
constexpr std::size_t groups_max = 200;

struct grouping {
    std::string_view name;
    storage::call_group by;
    /// Of the values that are wanted.
    std::string_view prefix = {};
};
constexpr std::array groupings{grouping{"server", storage::call_group::server},
                               grouping{"tool", storage::call_group::tool},
                               grouping{"client_type", storage::call_group::client_type},
                               grouping{"principal", storage::call_group::principal},
                               grouping{"key", storage::call_group::principal, "key:"},
                               grouping{"user", storage::call_group::principal, "user:"}};

struct ordering {
    std::string_view name;
    storage::group_order order;
};
constexpr std::array orderings{ordering{"calls", storage::group_order::calls},
                               ordering{"slowest", storage::group_order::slowest},
                               ordering{"failing", storage::group_order::failing}};

/// The entry of `table` that the parameter names; the first one when it is absent.
template <class Table>
result<typename Table::value_type> choice(const net::request& request, std::string_view parameter,
                                          const Table& table) {
    const auto given = request.query_value(parameter).value_or(table.front().name);
    const auto found = std::find_if(table.begin(), table.end(),
                                    [&](const auto& entry) { return entry.name == given; });
    if (found != table.end()) {
        return *found;
    }
    std::string names;
    for (const auto& entry : table) {
        names.append(names.empty() ? "" : ", ").append(entry.name);
    }
    return fault_in(parameter, fmt::format("{}: one of {}", parameter, names));
}

/// A query, and in how many parts its range is wanted.
struct divided_query {
    call_query query;
    int buckets = 0;
};

std::optional<divided_query> divided_query_of(const context& context, const incoming& in) {
    const auto query = call_query_of(context, in);
    if (!query) {
        return std::nullopt;
    }
    std::size_t buckets = buckets_default;
    if (const auto read = read_number(in.request, "buckets", buckets_max, buckets); !read) {
        in.exchange->respond(problem(read.error()));
        return std::nullopt;
    }
    return divided_query{*query, static_cast<int>(buckets)};
}

/// Runs `read` on a database thread and answers with the view of what it gives.
template <class Read>
void answer_measured(const context& context, const incoming_ptr& in, Read read) {
    using value = std::invoke_result_t<Read, pqxx::connection&>;
    answer_from_database<value>(context, in, std::move(read), [](const value& measured) {
        return json_response(to_json(view_of(measured)));
    });
}

} // namespace

void measure_calls(const context& context, const incoming_ptr& in) {
    const auto query = call_query_of(context, *in);
    if (!query) {
        return;
    }
    answer_from_database<storage::call_metrics>(
        context, in,
        [filter = query->filter](pqxx::connection& connection) {
            return storage::measure_calls(connection, filter);
        },
        [window = query->window](const storage::call_metrics& metrics) {
            return json_response(to_json(view_of(metrics, window)));
        });
}

void measure_call_groups(const context& context, const incoming_ptr& in) {
    const auto query = call_query_of(context, *in);
    if (!query) {
        return;
    }
    const auto by = choice(in->request, "group_by", groupings);
    const auto order = choice(in->request, "order", orderings);
    std::size_t limit = groups_default;
    const auto read = read_number(in->request, "limit", groups_max, limit);
    if (!by || !order || !read) {
        in->exchange->respond(problem(!by ? by.error() : !order ? order.error() : read.error()));
        return;
    }
    answer_from_database<std::vector<storage::measured_group>>(
        context, in,
        [filter = query->filter, by = *by, order = order->order, limit](pqxx::connection& live) {
            return storage::measure_groups(live, filter, by.by, std::string(by.prefix), order,
                                           static_cast<int>(limit));
        },
        [in, by = by->by](const std::vector<storage::measured_group>& groups) {
            const principal_names names(in->who, in->registry);
            return json_response(
                to_json(view_of(groups, by == storage::call_group::principal ? &names : nullptr)));
        });
}

void measure_call_series(const context& context, const incoming_ptr& in) {
    if (const auto divided = divided_query_of(context, *in)) {
        answer_measured(
            context, in,
            [filter = divided->query.filter, buckets = divided->buckets](pqxx::connection& live) {
                return storage::measure_series(live, filter, buckets);
            });
    }
}

void chart_calls(const context& context, const incoming_ptr& in) {
    if (const auto divided = divided_query_of(context, *in)) {
        answer_measured(
            context, in,
            [filter = divided->query.filter, buckets = divided->buckets](pqxx::connection& live) {
                return storage::chart_calls(live, filter, buckets);
            });
    }
}

void count_call_facets(const context& context, const incoming_ptr& in) {
    if (const auto query = call_query_of(context, *in)) {
        answer_from_database<storage::call_facets>(
            context, in,
            [filter = query->filter](pqxx::connection& live) {
                return storage::count_facets(live, filter);
            },
            [in](const storage::call_facets& facets) {
                return json_response(to_json(view_of(facets, {in->who, in->registry})));
            });
    }
}

void list_unused_tools(const context& context, const incoming_ptr& in) {
    if (const auto query = call_query_of(context, *in)) {
        answer_measured(context, in, [filter = query->filter](pqxx::connection& live) {
            return storage::list_unused_tools(live, filter);
        });
    }
}

} // namespace orch::api
