#include "api/server_log_query.hpp"

#include "api/query_reader.hpp"

#include <fmt/format.h>

namespace orch::api {

namespace {

constexpr int lines_max = 500;
constexpr std::chrono::hours default_range{24};

/// Takes one query apart; what is wrong with it is told at the end.
class server_log_reader : public query_reader {
public:
    server_log_reader(const incoming& in, storage::server_log_filter& filter)
        : query_reader(in.request), in_(in), filter_(filter) {}

    void read_owner(const model::server_entry* server);
    void read_lists();
    void read_page(const std::string& tag);

private:
    const incoming& in_;
    storage::server_log_filter& filter_;
};

void server_log_reader::read_owner(const model::server_entry* server) {
    if (in_.project != nullptr) {
        filter_.project = in_.project->id;
    } else if (const auto named = given("project_id")) {
        const auto id = project_named(*in_.registry, *named);
        filter_.project = id.value_or(project_id{});
        if (!id) {
            blame("project_id", "the id or name of a project");
        }
    } else {
        filter_.project.reset();
    }
    if (server != nullptr) {
        filter_.servers = {server->definition.id};
        return;
    }
    read_each(
        "server_id", filter_.servers,
        [this](std::string_view named) {
            return filter_.project ? server_named(*in_.registry, *filter_.project, named)
                                   : server_id::parse(named);
        },
        filter_.project ? server_expected : "the id of a server, or its name beside project_id");
}

void server_log_reader::read_lists() {
    read_each("level", filter_.levels, model::parse_log_level, "debug, info, warning or error");
    read_each("category", filter_.categories, model::parse_log_category,
              "startup, handshake, shutdown, crash, output or refresh");
}

void server_log_reader::read_page(const std::string& tag) {
    read_number("limit", lines_max, filter_.limit);
    if (const auto place = read_place(tag)) {
        filter_.before = place->before;
        filter_.from = place->from;
    }
}

std::string scope_of(const storage::server_log_filter& filter, const model::server_entry* server) {
    return fmt::format("server log {} {}", filter.project ? filter.project->to_string() : "all",
                       server != nullptr ? server->definition.id.to_string() : "");
}

} // namespace

result<server_log_query> read_server_log_query(const incoming& in,
                                               std::chrono::system_clock::time_point now) {
    const bool of_one = !in.path["server"].empty();
    const auto* server = of_one ? server_of(in) : nullptr;
    if (of_one && server == nullptr) {
        return error{errc::not_found, "There is no such server."};
    }
    server_log_query out;
    server_log_reader reader(in, out.filter);
    reader.read_owner(server);
    const auto span = reader.read_span(now, default_range);
    out.filter.from = span.from;
    out.filter.to = span.to;
    reader.read_lists();
    reader.read_search(out.filter.search);
    out.tag = query_tag(scope_of(out.filter, server), in.request.query);
    reader.read_page(out.tag);
    if (const auto read = reader.outcome(); !read) {
        return read.error();
    }
    return out;
}

} // namespace orch::api
