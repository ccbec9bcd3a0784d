#include "api/admin/handlers.hpp"
#include "api/call_query.hpp"
#include "api/call_views.hpp"
#include "api/query.hpp"

// The list of recorded calls, and one of them.

namespace orch::api {

std::optional<call_query> call_query_of(const context& context, const incoming& in) {
    auto query = read_call_query(in, context.runtime.clock.wall());
    if (query) {
        return *query;
    }
    in.exchange->respond(query.error().code == errc::not_found ? nothing_here()
                                                               : problem(query.error()));
    return std::nullopt;
}

void list_calls(const context& context, const incoming_ptr& in) {
    const auto query = call_query_of(context, *in);
    if (!query) {
        return;
    }
    answer_from_database<storage::call_page>(
        context, in,
        [filter = query->filter](pqxx::connection& connection) {
            return storage::query_calls(connection, filter);
        },
        [in, query = *query](const storage::call_page& page) {
            return json_response(to_json(view_of(page, query, {in->who, in->registry})));
        });
}

void show_call(const context& context, const incoming_ptr& in) {
    const auto query = call_query_of(context, *in);
    if (!query) {
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
        [project = query->filter.project, id = *id](pqxx::connection& connection) {
            return storage::find_call(connection, project, id);
        },
        [in](const found& record) {
            return record ? json_response(to_json(view_of(*record, {in->who, in->registry})))
                          : nothing_here();
        });
}

} // namespace orch::api
