#include "api/call_query.hpp"

#include "api/query_reader.hpp"
#include "mcp/handshake.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

namespace orch::api {

namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;
using std::chrono::system_clock;

constexpr int page_size_max = 500;
/// The database walks over what lies before a page; a cursor costs the same wherever it stands.
constexpr int rows_by_number_max = 100'000;
constexpr std::chrono::minutes default_range{30};
constexpr milliseconds duration_max = std::chrono::hours(24);

/// Takes one query apart; what is wrong with it is told at the end.
class call_query_reader : public query_reader {
public:
    call_query_reader(const net::request& request, storage::call_filter& filter)
        : query_reader(request), filter_(filter) {}

    void read_range(system_clock::time_point now, call_query& out);
    void read_ids(const model::registry& registry);
    void read_lists();
    void read_texts();
    void read_durations();
    void read_page(call_query& out);
    void read_bodies();

private:
    void read_duration(std::string_view name, double per_second, std::optional<microseconds>& into);

    storage::call_filter& filter_;
};

void call_query_reader::read_range(system_clock::time_point now, call_query& out) {
    const auto span = read_span(now, default_range);
    filter_.from = span.from;
    filter_.to = span.to;
    out.window = span.window;
}

void call_query_reader::read_ids(const model::registry& registry) {
    if (const auto value = given("server_id")) {
        filter_.server = server_named(registry, filter_.project, *value);
        if (!filter_.server) {
            blame("server_id", server_expected);
        }
    }
    if (const auto value = given("session_id")) {
        filter_.session = session_id::parse(*value);
        if (!filter_.session) {
            blame("session_id", "an id");
        }
    }
}

void call_query_reader::read_lists() {
    read_each("status", filter_.statuses, model::parse_call_status,
              "success, error, timeout or cancelled");
    read_each("error_code", filter_.failures, model::parse_error_class,
              "a class of errors such as TOOL_ERROR");
    read_each(
        "client_type", filter_.client_types,
        [](const std::string& value) {
            return mcp::is_client_type(value) ? std::optional(value) : std::nullopt;
        },
        client_type_expected);
}

void call_query_reader::read_texts() {
    read_text("tool_name", filter_.tool_name);
    read_text("principal", filter_.principal);
    read_search(filter_.search);
}

void call_query_reader::read_duration(std::string_view name, double per_second,
                                      std::optional<microseconds>& into) {
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
    into = microseconds(std::llround(number * 1'000'000 / per_second));
}

void call_query_reader::read_durations() {
    read_duration("min_execution_time", 1, filter_.shortest);
    read_duration("max_execution_time", 1, filter_.longest);
    read_duration("min_duration_ms", 1'000, filter_.shortest);
    read_duration("max_duration_ms", 1'000, filter_.longest);
    if (filter_.shortest && filter_.longest && *filter_.shortest > *filter_.longest) {
        blame("min_duration_ms", "no more than the maximum");
    }
}

void call_query_reader::read_page(call_query& out) {
    read_number("page_size", page_size_max, filter_.limit);
    read_number("page", rows_by_number_max / filter_.limit, out.page);
    filter_.offset = (out.page - 1) * filter_.limit;
    const auto place = read_place(out.tag);
    if (!place) {
        return;
    }
    if (given("page")) {
        blame("page", "no cursor beside it");
    }
    filter_.before = place->before;
    filter_.from = place->from;
}

void call_query_reader::read_bodies() {
    if (const auto wanted = given("bodies")) {
        filter_.with_bodies = *wanted != "false";
        if (*wanted != "true" && *wanted != "false") {
            blame("bodies", "true or false");
        }
    }
}

} // namespace

result<call_query> read_call_query(const incoming& in, system_clock::time_point now) {
    const auto named = in.request.query_value("project_id");
    if (!named || named->empty()) {
        return fault_in("project_id", "project_id: expected the id or name of a project");
    }
    const auto* project = in.registry->find_project(*named);
    if (!decide(in.who, permission::read_log, project, *in.registry).allowed()) {
        return error{errc::not_found, "There is no such project."};
    }
    return read_call_query(in.request, *project, *in.registry, now);
}

result<call_query> read_call_query(const net::request& parameters, const model::project& project,
                                   const model::registry& registry, system_clock::time_point now) {
    call_query out;
    out.filter.project = project.id;
    out.tag = query_tag("calls " + project.id.to_string(), parameters.query);
    call_query_reader reader(parameters, out.filter);
    reader.read_range(now, out);
    reader.read_ids(registry);
    reader.read_lists();
    reader.read_texts();
    reader.read_durations();
    reader.read_page(out);
    reader.read_bodies();
    if (const auto read = reader.outcome(); !read) {
        return read.error();
    }
    return out;
}

} // namespace orch::api
