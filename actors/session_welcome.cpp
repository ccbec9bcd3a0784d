#include "actors/session_welcome.hpp"

#include "actors/key_access.hpp"

namespace orch::actors {

namespace {

bool key_still_opens(const session_entry& session, const model::registry& registry,
                     const model::server_entry* server, std::chrono::system_clock::time_point now) {
    const auto* key = registry.find_key(session.key);
    return key != nullptr && invalidity(*key, now).empty() &&
           allows(key->scope.ip_ranges, session.ip_address) &&
           (server == nullptr || sees(key, *server));
}

} // namespace

bool is_welcome(const session_entry& session, const model::registry& registry,
                std::chrono::system_clock::time_point now) {
    const auto* project = registry.find_project(session.project);
    const auto* server = session.server.is_nil() ? nullptr : registry.find_server(session.server);
    if (project == nullptr) {
        return false;
    }
    // A server that is only disabled keeps its sessions: their calls say so until it is back.
    if (session.server.is_nil() ? !project->unified_enabled : server == nullptr) {
        return false;
    }
    if (!session.key.is_nil()) {
        return allows(project->allowed_ip_ranges, session.ip_address) &&
               key_still_opens(session, registry, server, now);
    }
    if (session.open_endpoint) {
        const bool asks = server != nullptr
                              ? server->definition.auth_required.value_or(project->auth_required)
                              : project->auth_required;
        return !asks && allows(project->allowed_ip_ranges, session.ip_address);
    }
    return true;
}

} // namespace orch::actors
