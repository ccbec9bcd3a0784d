#include "api/call_views.hpp"

#include "api/page_cursor.hpp"
#include "api/timestamps.hpp"
#include "core/utf8.hpp"

#include <boost/json/parse.hpp>

#include <cmath>
#include <utility>

namespace orch::api {

namespace {

template <class Id>
std::optional<std::string> unless_nil(const Id& id) {
    return id.is_nil() ? std::nullopt : std::optional(id.to_string());
}

std::optional<std::string> unless_empty(std::string_view text) {
    return text.empty() ? std::nullopt : std::optional(std::string(text));
}

/// A kept body as JSON: itself when it is whole, else its text as a string.
raw_json body_json(const model::body& body) {
    if (body.bytes.empty()) {
        return {};
    }
    boost::system::error_code failure;
    boost::json::parse(body.bytes, failure);
    if (!failure) {
        return {body.bytes};
    }
    raw_json quoted{""};
    append_json_string(quoted.text, body.bytes);
    return quoted;
}

call_times_view view_of(const model::call_times& times) {
    return {to_rfc3339(times.received), to_rfc3339(times.authorised), to_rfc3339(times.queued),
            to_rfc3339(times.sent),     to_rfc3339(times.answered),   to_rfc3339(times.finished)};
}

double rounded(double value, double steps) { return std::round(value * steps) / steps; }

std::vector<facet_value_view>& list_of(call_facets_view& view, storage::call_facet facet) {
    switch (facet) {
    case storage::call_facet::status: return view.status;
    case storage::call_facet::server: return view.server;
    case storage::call_facet::tool: return view.tool;
    case storage::call_facet::client_type: return view.client_type;
    case storage::call_facet::principal: return view.principal;
    case storage::call_facet::failure: return view.error_code;
    }
    return view.status;
}

/// What all views of measured calls have in common.
void fill(measured_view& view, const storage::call_metrics& metrics) {
    view.total_calls = metrics.total;
    view.successful_calls = metrics.success;
    view.error_calls = metrics.error;
    view.timeout_calls = metrics.timeout;
    view.cancelled_calls = metrics.cancelled;
    if (metrics.total > 0) {
        view.success_rate = rounded(
            100.0 * static_cast<double>(metrics.success) / static_cast<double>(metrics.total), 100);
    }
    view.average_execution_time = metrics.mean;
    view.median_execution_time = metrics.p50;
    view.p95_execution_time = metrics.p95;
    view.p99_execution_time = metrics.p99;
    view.unique_sessions = metrics.unique_sessions;
}

} // namespace

call_view view_of(const model::call_record& record, const principal_names& names) {
    call_view view;
    view.id = record.id.to_string();
    view.call_id = record.call.to_string();
    view.instance_id = record.instance.to_string();
    view.session_id = unless_nil(record.caller.session);
    view.server_id = unless_nil(record.server);
    view.project_id = record.project.to_string();
    view.server_name = record.server_name;
    view.tool_name = record.tool_name;
    view.tool_namespace = record.server_name.empty() ? ""
                                                     : record.server_name + "__" + record.tool_name;
    view.entry_path = model::to_string(record.path);
    view.request_id = record.request_id;
    view.principal = record.caller.principal;
    view.principal_name = names.of(view.principal);
    view.client_type = record.caller.client_type;
    view.client_name = record.caller.client_name;
    view.client_version = record.caller.client_version;
    view.user_agent = record.caller.user_agent;
    view.ip_address = record.caller.ip_address;
    view.status = model::to_string(record.status);
    view.error_code = unless_empty(model::to_string(record.failure));
    view.error_message = unless_empty(record.error_message);
    view.rpc_code = record.error_code;
    const std::chrono::duration<double> took = record.times.finished - record.times.received;
    view.execution_time = rounded(took.count(), 1'000'000);
    view.duration_ms = rounded(took.count() * 1'000, 1'000);
    view.timestamp = to_rfc3339(record.times.received);
    view.times = view_of(record.times);
    view.input_data = {body_json(record.arguments),
                       record.arguments.size,
                       record.arguments.truncated,
                       record.arguments.redacted,
                       {view.user_agent, view.ip_address, view.timestamp}};
    view.output_data = {body_json(record.result),
                        {record.result.size, record.result.truncated, record.result.redacted}};
    return view;
}

namespace {

/// Without the character that the cut went through.
std::optional<std::string> beginning(std::string text) {
    constexpr int cut_bytes_max = 3;
    for (int i = 0; i < cut_bytes_max && !is_utf8(text); ++i) {
        text.pop_back();
    }
    return is_utf8(text) ? unless_empty(text) : std::nullopt;
}

/// The view of a record that holds only the beginning of each body.
call_view preview_of(model::call_record record, const principal_names& names) {
    auto arguments = beginning(std::exchange(record.arguments.bytes, {}));
    auto result = beginning(std::exchange(record.result.bytes, {}));
    auto view = view_of(record, names);
    view.arguments_preview = std::move(arguments);
    view.result_preview = std::move(result);
    return view;
}

} // namespace

call_page_view view_of(const storage::call_page& page, const call_query& query,
                       const principal_names& names) {
    call_page_view view;
    for (const auto& record : page.records) {
        view.logs.push_back(query.filter.with_bodies ? view_of(record, names)
                                                     : preview_of(record, names));
    }
    view.total_count = page.total_count;
    view.has_more_than_total = !page.is_exact;
    view.page = query.page;
    view.page_size = query.filter.limit;
    view.has_next = page.next_cursor.has_value();
    view.has_prev = query.page > 1 || query.filter.before;
    if (page.next_cursor) {
        view.next_cursor = print_cursor({*page.next_cursor, query.filter.from}, query.tag);
    }
    if (!view.has_prev) {
        const auto last = page.records.empty() ? uuid::floor(query.filter.from)
                                               : page.records.front().id;
        view.live_from = last.to_string();
    }
    return view;
}

call_metrics_view view_of(const storage::call_metrics& metrics,
                          std::chrono::system_clock::duration window) {
    call_metrics_view view;
    fill(view, metrics);
    const auto minutes = std::chrono::duration<double, std::ratio<60>>(window).count();
    view.calls_per_minute = minutes > 0 ? rounded(static_cast<double>(metrics.total) / minutes, 100)
                                        : 0;
    view.unique_tools = metrics.unique_tools;
    view.unique_principals = metrics.unique_principals;
    for (const auto& [failure, count] : metrics.errors) {
        view.errors.push_back({std::string(model::to_string(failure)), count});
    }
    return view;
}

call_groups_view view_of(const std::vector<storage::measured_group>& groups,
                         const principal_names* names) {
    call_groups_view view;
    for (const auto& group : groups) {
        auto& one = view.groups.emplace_back();
        one.value = group.value;
        one.server_id = unless_nil(group.server);
        one.server_name = unless_empty(group.server_name);
        one.name = names != nullptr ? names->of(group.value) : std::nullopt;
        fill(one.metrics, group.metrics);
    }
    return view;
}

call_series_view view_of(const storage::call_series& series) {
    call_series_view view;
    view.bucket_seconds = std::chrono::duration<double>(series.width).count();
    for (const auto& [begin, metrics] : series.buckets) {
        auto& one = view.buckets.emplace_back();
        one.start = to_rfc3339(begin);
        fill(one.metrics, metrics);
    }
    return view;
}

unused_tools_view view_of(const std::vector<storage::unused_tool>& tools) {
    unused_tools_view view;
    for (const auto& tool : tools) {
        view.tools.push_back({tool.server.to_string(), tool.server_name, tool.tool_name});
    }
    return view;
}

call_facets_view view_of(const storage::call_facets& facets, const principal_names& names) {
    call_facets_view view;
    for (const auto& [facet, values] : facets) {
        auto& list = list_of(view, facet);
        for (const auto& one : values) {
            list.push_back(
                {one.value, unless_nil(one.server),
                 facet == storage::call_facet::principal ? names.of(one.value) : std::nullopt,
                 one.count});
        }
    }
    return view;
}

call_histogram_view view_of(const storage::call_histogram& chart) {
    call_histogram_view view;
    view.bucket_seconds = std::chrono::duration<double>(chart.width).count();
    for (const auto& [begin, by_status] : chart.buckets) {
        const auto [success, error, timeout, cancelled] = by_status;
        view.buckets.push_back({to_rfc3339(begin), success, error, timeout, cancelled});
    }
    return view;
}

} // namespace orch::api
