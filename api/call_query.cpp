#include "api/call_query.hpp"

#include "api/timestamps.hpp"
#include "mcp/handshake.hpp"

#include <fmt/format.h>

#include <charconv>

namespace orch::api {

namespace {

constexpr int page_size_max = 500;
constexpr std::chrono::minutes default_range{30};
/// A day.
constexpr std::int64_t duration_ms_max = 86'400'000;

error bad(std::string_view parameter, std::string_view expected) {
    return {errc::invalid_argument, fmt::format("{}: expected {}", parameter, expected)};
}

result<void> read_range(const net::request& request, std::chrono::system_clock::time_point now,
                        storage::call_filter& filter) {
    // Rows of this very millisecond belong to the range.
    filter.to = now + std::chrono::seconds(1);
    filter.from = now - default_range;
    if (const auto preset = request.query_value("time_range"); preset && !preset->empty()) {
        const auto length = parse_time_range(*preset);
        if (!length) {
            return bad("time_range", "one of 15m, 30m, 1h, 6h, 24h, 7d");
        }
        filter.from = now - *length;
    }
    for (const auto& [name, bound] :
         {std::pair{"start_time", &filter.from}, std::pair{"end_time", &filter.to}}) {
        const auto given = request.query_value(name);
        if (!given || given->empty()) {
            continue;
        }
        const auto time = parse_rfc3339(*given);
        if (!time) {
            return bad(name, "a time such as 2026-01-31T12:00:00Z");
        }
        *bound = *time;
    }
    return {};
}

result<void> read_statuses(const net::request& request, storage::call_filter& filter) {
    for (const auto& [name, value] : request.query) {
        if (name != "status" || value.empty()) {
            continue;
        }
        const auto status = model::parse_call_status(value);
        if (!status) {
            return bad("status", "success, error, timeout or cancelled");
        }
        filter.statuses.push_back(*status);
    }
    return {};
}

result<void> read_ids(const incoming& in, storage::call_filter& filter) {
    if (const auto given = in.request.query_value("server_id"); given && !given->empty()) {
        const auto* server = in.registry->find_server(filter.project, *given);
        const auto id = server_id::parse(*given);
        if (server == nullptr && !id) {
            return bad("server_id", "the id or name of a server of the project");
        }
        filter.server = server != nullptr ? server->definition.id : *id;
    }
    if (const auto given = in.request.query_value("session_id"); given && !given->empty()) {
        filter.session = session_id::parse(*given);
        if (!filter.session) {
            return bad("session_id", "an id");
        }
    }
    if (const auto given = in.request.query_value("cursor"); given && !given->empty()) {
        filter.before = uuid::parse(*given);
        if (!filter.before) {
            return bad("cursor", "the next_cursor of an earlier page");
        }
    }
    return {};
}

result<void> read_caller(const net::request& request, storage::call_filter& filter) {
    filter.principal = request.query_value("principal").value_or("");
    for (const auto& [name, value] : request.query) {
        if (name != "client_type" || value.empty()) {
            continue;
        }
        if (!mcp::is_client_type(value)) {
            return bad("client_type", "a kind of client such as cursor, or unknown");
        }
        filter.client_types.push_back(value);
    }
    return {};
}

result<void> read_failures(const net::request& request, storage::call_filter& filter) {
    for (const auto& [name, value] : request.query) {
        if (name != "error_code" || value.empty()) {
            continue;
        }
        const auto failure = model::parse_error_class(value);
        if (!failure) {
            return bad("error_code", "a class of errors such as TOOL_ERROR");
        }
        filter.failures.push_back(*failure);
    }
    return {};
}

result<void> read_durations(const net::request& request, storage::call_filter& filter) {
    for (const auto& [name, bound] : {std::pair{"min_duration_ms", &filter.shortest},
                                      std::pair{"max_duration_ms", &filter.longest}}) {
        const auto given = request.query_value(name);
        if (!given || given->empty()) {
            continue;
        }
        std::int64_t number = 0;
        const auto* end = given->data() + given->size();
        const auto [stop, failure] = std::from_chars(given->data(), end, number);
        if (failure != std::errc{} || stop != end || number < 0 || number > duration_ms_max) {
            return bad(name, fmt::format("a number from 0 to {}", duration_ms_max));
        }
        *bound = std::chrono::milliseconds(number);
    }
    return {};
}

result<void> read_page_size(const net::request& request, storage::call_filter& filter) {
    const auto given = request.query_value("page_size");
    if (!given || given->empty()) {
        return {};
    }
    const auto* end = given->data() + given->size();
    const auto [stop, failure] = std::from_chars(given->data(), end, filter.limit);
    if (failure != std::errc{} || stop != end || filter.limit < 1 || filter.limit > page_size_max) {
        return bad("page_size", fmt::format("a number from 1 to {}", page_size_max));
    }
    return {};
}

} // namespace

result<storage::call_filter> read_call_filter(const incoming& in,
                                              std::chrono::system_clock::time_point now) {
    const auto named = in.request.query_value("project_id");
    if (!named || named->empty()) {
        return bad("project_id", "the id or name of a project");
    }
    const auto* project = in.registry->find_project(*named);
    if (!decide(in.who, permission::read_log, project, *in.registry).allowed()) {
        return error{errc::not_found, "There is no such project."};
    }
    storage::call_filter filter;
    filter.project = project->id;
    filter.tool_name = in.request.query_value("tool_name").value_or("");
    for (const auto& step :
         {read_range(in.request, now, filter), read_statuses(in.request, filter),
          read_ids(in, filter), read_caller(in.request, filter), read_failures(in.request, filter),
          read_durations(in.request, filter), read_page_size(in.request, filter)}) {
        if (!step) {
            return step.error();
        }
    }
    return filter;
}

} // namespace orch::api
