#include "api/admin/handlers.hpp"
#include "api/problem.hpp"
#include "api/rest_types.hpp"
#include "api/timestamps.hpp"

#include "actors/bridge/ask.hpp"

namespace orch::api {

namespace {

constexpr std::chrono::seconds create_timeout{30};

} // namespace

void list_keys(const context& /*context*/, const incoming_ptr& in) {
    std::vector<key_view> views;
    for (const auto& key : in->registry->keys()) {
        if (key.project == in->project->id) {
            views.push_back({key.id.to_string(), key.name, key.prefix, key.active,
                             to_rfc3339(key.expires_at), to_rfc3339(key.created_at)});
        }
    }
    in->exchange->respond(json_response(to_json(views)));
}

void create_key(const context& context, const incoming_ptr& in) {
    const auto wanted = read_body<create_key_request>(in->request.body);
    if (!wanted) {
        in->exchange->respond(problem(wanted.error()));
        return;
    }
    actors::bridge::ask_command<actors::key_created>(
        context.system, context.unit(in->request.unit), context.runtime.registry_writer,
        actors::create_key{in->project->id, wanted->name}, create_timeout,
        [in](const result<actors::key_created>& created) {
            if (!created) {
                in->exchange->respond(problem(created.error()));
                return;
            }
            const auto& key = created->key;
            in->exchange->respond(
                json_response(to_json(created_key_view{key.id.to_string(), key.name, created->text,
                                                       key.prefix, to_rfc3339(key.created_at)}),
                              201));
        });
}

} // namespace orch::api
