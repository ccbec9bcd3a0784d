#include "api/session_query.hpp"

#include "api/query_reader.hpp"
#include "mcp/handshake.hpp"

namespace orch::api {

namespace {

constexpr int sessions_max = 500;

std::optional<storage::session_state> parse_state(std::string_view text) {
    using enum storage::session_state;
    return text == "all"     ? std::optional(all)
           : text == "live"  ? std::optional(live)
           : text == "ended" ? std::optional(ended)
                             : std::nullopt;
}

void read_clients(query_reader& reader, const model::registry& registry,
                  storage::session_filter& filter) {
    if (const auto state = reader.given("state")) {
        const auto parsed = parse_state(*state);
        filter.state = parsed.value_or(storage::session_state::all);
        if (!parsed) {
            reader.blame("state", "live, ended or all");
        }
    }
    reader.read_each(
        "client_type", filter.client_types,
        [](const std::string& value) {
            return mcp::is_client_type(value) ? std::optional(value) : std::nullopt;
        },
        client_type_expected);
    reader.read_text("principal", filter.principal);
    if (const auto named = reader.given("server_id")) {
        filter.server = server_named(registry, filter.project, *named);
        if (!filter.server) {
            reader.blame("server_id", server_expected);
        }
    }
}

} // namespace

result<session_query> read_session_query(const incoming& in,
                                         std::chrono::system_clock::time_point now) {
    session_query out;
    auto& filter = out.filter;
    filter.project = in.project->id;
    out.tag = query_tag("sessions " + filter.project.to_string(), in.request.query);
    query_reader reader(in.request);
    read_clients(reader, *in.registry, filter);
    const auto span = reader.read_span(now, now.time_since_epoch());
    filter.from = span.from;
    filter.to = span.to;
    reader.read_number("limit", sessions_max, filter.limit);
    if (const auto place = reader.read_place(out.tag)) {
        filter.before = session_id{place->before};
        filter.from = place->from;
    }
    if (const auto read = reader.outcome(); !read) {
        return read.error();
    }
    return out;
}

} // namespace orch::api
