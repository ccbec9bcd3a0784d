#include "api/admin/handlers.hpp"
#include "api/change.hpp"
#include "api/problem.hpp"
#include "api/rest_types.hpp"
#include "api/timestamps.hpp"

#include "crypto/api_key.hpp"
#include "storage/key_store.hpp"

namespace orch::api {

namespace {

constexpr std::size_t key_name_max = 200;

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
    if (wanted->name.empty() || wanted->name.size() > key_name_max) {
        in->exchange->respond(problem({errc::invalid_argument, "name: 1 to 200 bytes"}));
        return;
    }
    auto minted = crypto::mint_key();
    model::api_key key;
    key.id = key_id::random();
    key.project = in->project->id;
    key.name = wanted->name;
    key.sha256 = std::move(minted.sha256);
    key.prefix = std::move(minted.prefix);
    key.suffix = std::move(minted.suffix);
    key.created_by = in->who.user;
    key.created_at = context.runtime.clock.wall();
    answer_after_change(
        context, in,
        [&context, in, key](const actors::registry_change& change) {
            storage::insert_key(change.transaction, key);
            record_activity(context, *in, change, key.project,
                            model::activity_type::api_key_created,
                            {"api_key", key.id.to_string(), key.name});
            return result<void>{};
        },
        [key, text = std::move(minted.text)](const model::registry& /*registry*/) {
            return json_response(to_json(created_key_view{key.id.to_string(), key.name, text,
                                                          key.prefix, to_rfc3339(key.created_at)}),
                                 201);
        });
}

} // namespace orch::api
