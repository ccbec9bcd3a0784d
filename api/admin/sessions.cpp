#include "api/admin/handlers.hpp"
#include "api/observation_views.hpp"
#include "api/problem.hpp"
#include "api/query.hpp"

// Client sessions, live and past.

namespace orch::api {

void list_sessions(const context& context, const incoming_ptr& in) {
    const auto query = read_session_query(*in, context.runtime.clock.wall());
    if (!query) {
        in->exchange->respond(problem(query.error()));
        return;
    }
    answer_from_database<storage::session_page>(
        context, in,
        [filter = query->filter](pqxx::connection& connection) {
            return storage::query_sessions(connection, filter);
        },
        [in, query = *query](const storage::session_page& page) {
            return json_response(
                to_json(view_of(page, query, {in->who, in->registry}, *in->registry)));
        });
}

void show_session(const context& context, const incoming_ptr& in) {
    const auto id = session_id::parse(in->path["session"]);
    if (!id) {
        in->exchange->respond(nothing_here());
        return;
    }
    using found = std::optional<model::client_session>;
    answer_from_database<found>(
        context, in,
        [project = in->project->id, id = *id](pqxx::connection& connection) {
            return storage::find_session(connection, project, id);
        },
        [in](const found& row) {
            return row ? json_response(
                             to_json(view_of(*row, {in->who, in->registry}, *in->registry)))
                       : nothing_here();
        });
}

} // namespace orch::api
