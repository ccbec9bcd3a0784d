#include "api/admin/handlers.hpp"
#include "api/observation_views.hpp"
#include "api/problem.hpp"
#include "api/query.hpp"

// What servers and their processes said, and how much of it there is.

namespace orch::api {

std::optional<server_log_query> server_log_query_of(const context& context, const incoming& in) {
    auto query = read_server_log_query(in, context.runtime.clock.wall());
    if (query) {
        return *query;
    }
    in.exchange->respond(query.error().code == errc::not_found ? nothing_here()
                                                               : problem(query.error()));
    return std::nullopt;
}

void list_server_log(const context& context, const incoming_ptr& in) {
    const auto query = server_log_query_of(context, *in);
    if (!query) {
        return;
    }
    answer_from_database<storage::server_log_page>(
        context, in,
        [filter = query->filter](pqxx::connection& connection) {
            return storage::query_server_log(connection, filter);
        },
        [in, query = *query](const storage::server_log_page& page) {
            return json_response(to_json(view_of(page, query, *in->registry)));
        });
}

void summarise_server_log(const context& context, const incoming_ptr& in) {
    const auto query = server_log_query_of(context, *in);
    if (!query) {
        return;
    }
    answer_from_database<storage::server_log_summary>(
        context, in,
        [filter = query->filter](pqxx::connection& connection) {
            return storage::summarise_server_log(connection, filter);
        },
        [in](const storage::server_log_summary& summary) {
            return json_response(to_json(view_of(summary, *in->registry)));
        });
}

void list_server_logs(const context& context, const incoming_ptr& in) {
    list_server_log(context, in);
}

void summarise_server_logs(const context& context, const incoming_ptr& in) {
    summarise_server_log(context, in);
}

void list_all_server_logs(const context& context, const incoming_ptr& in) {
    list_server_log(context, in);
}

void summarise_all_server_logs(const context& context, const incoming_ptr& in) {
    summarise_server_log(context, in);
}

} // namespace orch::api
