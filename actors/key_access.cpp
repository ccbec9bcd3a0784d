#include "actors/key_access.hpp"

#include <algorithm>

namespace orch::actors {

namespace {

/// An empty list restricts nothing.
template <class List, class Wanted>
bool holds(const List& list, const Wanted& wanted) {
    return list.empty() || std::find(list.begin(), list.end(), wanted) != list.end();
}

} // namespace

std::string invalidity(const model::api_key& key, std::chrono::system_clock::time_point now) {
    if (!key.active) {
        return "The key was revoked.";
    }
    if (key.quarantined) {
        return "The key is in quarantine.";
    }
    return key.expires_at && *key.expires_at <= now ? "The key has expired." : "";
}

bool sees(const model::api_key* key, const model::server_entry& server) {
    return key == nullptr || holds(key->scope.servers, server.definition.id);
}

bool offers(const model::api_key* key, const model::server_entry& server, std::string_view tool) {
    return sees(key, server) && server.offers(tool) &&
           (key == nullptr || holds(key->scope.tools, tool));
}

bool takes_client(const model::api_key* key, std::string_view client_type) {
    return key == nullptr || holds(key->scope.client_types, client_type);
}

} // namespace orch::actors
