#pragma once

#include "core/model/observation.hpp"
#include "core/model/registry.hpp"

#include <string_view>
#include <vector>

namespace orch::actors {

/// What one session may list and call, as of one snapshot of the registry. Made anew for each
/// message, so that a message is judged by one truth. A session whose key is gone has nothing.
/// Pure.
class session_scope {
public:
    /// `key` is nil for a session that was opened without one; `open_endpoint` when nobody was
    /// asked for a key, since the project or the server says so.
    session_scope(model::registry_ptr registry, const model::client_session& session,
                  const key_id& key, bool open_endpoint);

    [[nodiscard]] const model::registry& registry() const noexcept { return *registry_; }
    [[nodiscard]] const model::registry_ptr& snapshot() const noexcept { return registry_; }
    /// Null when the session has none, or when it is gone.
    [[nodiscard]] const model::api_key* key() const noexcept { return key_; }
    [[nodiscard]] bool may_call() const noexcept;
    /// Whether clients of the session's type may use its key.
    [[nodiscard]] bool takes_client() const;

    /// The server of a session with one server; null when it is gone or out of reach.
    [[nodiscard]] const model::server_entry* only_server() const;
    /// All servers of the session, in the order of the registry.
    [[nodiscard]] std::vector<const model::server_entry*> servers() const;
    /// Whether the tool, by the name that its server gave it, may be listed and called.
    [[nodiscard]] bool offers(const model::server_entry& server, std::string_view tool) const;

private:
    [[nodiscard]] bool reaches(const model::server_entry& server) const;

    model::registry_ptr registry_;
    const model::client_session& session_;
    const model::api_key* key_;
    bool key_gone_;
    bool open_endpoint_;
};

} // namespace orch::actors
