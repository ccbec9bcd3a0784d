#include "actors/session_scope.hpp"

#include "actors/key_access.hpp"

#include <utility>

namespace orch::actors {

session_scope::session_scope(model::registry_ptr registry, const model::client_session& session,
                             const key_id& key, bool open_endpoint)
    : registry_(std::move(registry)), session_(session),
      key_(key.is_nil() ? nullptr : registry_->find_key(key)),
      key_gone_(!key.is_nil() && key_ == nullptr), open_endpoint_(open_endpoint) {}

bool session_scope::may_call() const noexcept {
    return !key_gone_ && (key_ == nullptr || key_->scope.may_call);
}

bool session_scope::takes_client() const {
    return !key_gone_ && actors::takes_client(key_, session_.caller.client_type);
}

const model::server_entry* session_scope::only_server() const {
    const auto* server = registry_->find_server(session_.server);
    return server != nullptr && reaches(*server) ? server : nullptr;
}

std::vector<const model::server_entry*> session_scope::servers() const {
    std::vector<const model::server_entry*> found;
    if (!session_.server.is_nil()) {
        if (const auto* server = only_server()) {
            found.push_back(server);
        }
        return found;
    }
    for (const auto* server : registry_->servers_of(session_.project)) {
        // Who was asked for no key does not get by the unified way to a server that asks for one.
        const bool shut = open_endpoint_ && server->definition.auth_required == true;
        if (server->definition.enabled && !shut && reaches(*server)) {
            found.push_back(server);
        }
    }
    return found;
}

bool session_scope::offers(const model::server_entry& server, std::string_view tool) const {
    return !key_gone_ && actors::offers(key_, server, tool);
}

bool session_scope::reaches(const model::server_entry& server) const {
    return !key_gone_ && sees(key_, server);
}

} // namespace orch::actors
