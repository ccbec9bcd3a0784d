#include "api/call_query.hpp"

#include "api/call_cursor.hpp"
#include "api/fault_list.hpp"
#include "api/paging.hpp"
#include "api/timestamps.hpp"
#include "mcp/handshake.hpp"
#include "mcp/search_text.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

namespace orch::api {

namespace {

using std::chrono::milliseconds;
using std::chrono::system_clock;

constexpr int page_size_max = 500;
/// The database walks over what lies before a page; a cursor costs the same wherever it stands.
constexpr int rows_by_number_max = 100'000;
constexpr std::size_t text_bytes_max = 1'000;
constexpr std::chrono::minutes default_range{30};
constexpr milliseconds duration_max = std::chrono::hours(24);

/// Takes one query apart; what is wrong with it is told at the end.
class query_reader {
public:
    query_reader(const net::request& request, storage::call_filter& filter)
        : request_(request), filter_(filter) {}

    void read_range(system_clock::time_point now, call_query& out);
    void read_ids(const model::registry& registry);
    void read_lists();
    void read_texts();
    void read_durations();
    void read_page(call_query& out);
    [[nodiscard]] result<void> outcome() const { return faults_.outcome(); }

private:
    void blame(std::string_view parameter, std::string_view expected) {
        faults_.add(std::string(parameter), fmt::format("{}: expected {}", parameter, expected));
    }
    /// The value of a parameter that is there and not empty.
    [[nodiscard]] std::optional<std::string_view> given(std::string_view name) const {
        const auto value = request_.query_value(name);
        return value && !value->empty() ? value : std::nullopt;
    }
    /// Every value of a parameter that may come several times, through `parse`.
    template <class Value, class Parse>
    void read_each(std::string_view name, std::vector<Value>& into, Parse parse,
                   std::string_view expected) {
        for (const auto& [each, value] : request_.query) {
            if (each != name || value.empty()) {
                continue;
            }
            if (const auto parsed = parse(value)) {
                into.push_back(*parsed);
            } else {
                blame(name, expected);
            }
        }
    }
    void read_time(std::string_view name, system_clock::time_point& into);
    void read_text(std::string_view name, std::string& into);
    void read_duration(std::string_view name, double per_second, std::optional<milliseconds>& into);
    void read_number(std::string_view name, int most, int& into);

    const net::request& request_;
    storage::call_filter& filter_;
    fault_list faults_;
};

void query_reader::read_time(std::string_view name, system_clock::time_point& into) {
    const auto value = given(name);
    if (!value) {
        return;
    }
    if (const auto time = parse_rfc3339(*value)) {
        into = *time;
    } else {
        blame(name, "a time such as 2026-01-31T12:00:00Z");
    }
}

void query_reader::read_range(system_clock::time_point now, call_query& out) {
    filter_.to = now;
    filter_.from = now - default_range;
    if (const auto preset = given("time_range")) {
        const auto length = parse_time_range(*preset);
        if (!length) {
            blame("time_range", "one of 15m, 30m, 1h, 6h, 24h, 7d");
        }
        filter_.from = now - length.value_or(default_range);
    }
    read_time("start_time", filter_.from);
    read_time("end_time", filter_.to);
    if (filter_.from >= filter_.to) {
        blame("start_time", "a time before the end of the range");
    }
    out.window = filter_.to - filter_.from;
    if (!given("end_time")) {
        // Rows of this very millisecond belong to the range.
        filter_.to += std::chrono::seconds(1);
    }
}

void query_reader::read_ids(const model::registry& registry) {
    if (const auto value = given("server_id")) {
        const auto* server = registry.find_server(filter_.project, *value);
        // A server that is gone still has calls.
        filter_.server = server != nullptr ? server->definition.id : server_id::parse(*value);
        if (!filter_.server) {
            blame("server_id", "the id or name of a server of the project");
        }
    }
    if (const auto value = given("session_id")) {
        filter_.session = session_id::parse(*value);
        if (!filter_.session) {
            blame("session_id", "an id");
        }
    }
}

void query_reader::read_lists() {
    read_each("status", filter_.statuses, model::parse_call_status,
              "success, error, timeout or cancelled");
    read_each("error_code", filter_.failures, model::parse_error_class,
              "a class of errors such as TOOL_ERROR");
    read_each(
        "client_type", filter_.client_types,
        [](const std::string& value) {
            return mcp::is_client_type(value) ? std::optional(value) : std::nullopt;
        },
        "a kind of client such as cursor, or unknown");
}

void query_reader::read_text(std::string_view name, std::string& into) {
    into = given(name).value_or("");
    if (into.size() > text_bytes_max) {
        blame(name, fmt::format("at most {} bytes", text_bytes_max));
    }
}

void query_reader::read_texts() {
    read_text("tool_name", filter_.tool_name);
    read_text("principal", filter_.principal);
    std::string wanted;
    read_text("search_text", wanted);
    filter_.search = mcp::fold_for_search(wanted, text_bytes_max);
    if (!wanted.empty() && filter_.search.empty()) {
        blame("search_text", "at least one letter, digit or sign that is not JSON's own");
    }
}

void query_reader::read_duration(std::string_view name, double per_second,
                                 std::optional<milliseconds>& into) {
    const auto value = given(name);
    if (!value) {
        return;
    }
    const double most = std::chrono::duration<double>(duration_max).count() * per_second;
    double number = 0;
    const auto* const end = value->data() + value->size();
    const auto [stop, failure] = std::from_chars(value->data(), end, number,
                                                 std::chars_format::fixed);
    if (failure != std::errc{} || stop != end || !(number >= 0 && number <= most)) {
        blame(name, fmt::format("a number from 0 to {}", most));
        return;
    }
    into = milliseconds(std::llround(number * 1'000 / per_second));
}

void query_reader::read_durations() {
    read_duration("min_execution_time", 1, filter_.shortest);
    read_duration("max_execution_time", 1, filter_.longest);
    read_duration("min_duration_ms", 1'000, filter_.shortest);
    read_duration("max_duration_ms", 1'000, filter_.longest);
    if (filter_.shortest && filter_.longest && *filter_.shortest > *filter_.longest) {
        blame("min_duration_ms", "no more than the maximum");
    }
}

void query_reader::read_number(std::string_view name, int most, int& into) {
    const auto value = given(name);
    if (!value) {
        return;
    }
    if (const auto count = parse_count(*value, static_cast<std::size_t>(most))) {
        into = static_cast<int>(*count);
    } else {
        blame(name, fmt::format("a number from 1 to {}", most));
        into = 1;
    }
}

void query_reader::read_page(call_query& out) {
    read_number("page_size", page_size_max, filter_.limit);
    read_number("page", rows_by_number_max / filter_.limit, out.page);
    filter_.offset = (out.page - 1) * filter_.limit;
    const auto text = given("cursor");
    if (!text) {
        return;
    }
    const auto cursor = read_cursor(*text, out.tag);
    if (!cursor) {
        blame("cursor", "the next_cursor of an earlier page of this same query");
        return;
    }
    if (given("page")) {
        blame("page", "no cursor beside it");
    }
    filter_.before = cursor->before;
    filter_.from = cursor->from;
}

} // namespace

result<call_query> read_call_query(const incoming& in, system_clock::time_point now) {
    const auto named = in.request.query_value("project_id");
    if (!named || named->empty()) {
        return error{errc::invalid_argument, "project_id: expected the id or name of a project"};
    }
    const auto* project = in.registry->find_project(*named);
    if (!decide(in.who, permission::read_log, project, *in.registry).allowed()) {
        return error{errc::not_found, "There is no such project."};
    }
    call_query out;
    out.filter.project = project->id;
    out.tag = query_tag(project->id, in.request.query);
    query_reader reader(in.request, out.filter);
    reader.read_range(now, out);
    reader.read_ids(*in.registry);
    reader.read_lists();
    reader.read_texts();
    reader.read_durations();
    reader.read_page(out);
    if (const auto read = reader.outcome(); !read) {
        return read.error();
    }
    return out;
}

} // namespace orch::api
