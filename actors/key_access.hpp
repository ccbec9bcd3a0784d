#pragma once

#include "core/model/registry.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace orch::actors {

// What a project key opens. A null key stands for a principal that is no key, who may see and call
// all of the project. Pure: used where a request is decided and where a session is.

/// Why the key is not valid at all now; empty when it is.
[[nodiscard]] std::string invalidity(const model::api_key& key,
                                     std::chrono::system_clock::time_point now);
/// Whether the key's scope holds this server.
[[nodiscard]] bool sees(const model::api_key* key, const model::server_entry& server);
/// Whether the tool, by the name that its server gave it, may be listed and called: it is switched
/// on and in the key's scope.
[[nodiscard]] bool offers(const model::api_key* key, const model::server_entry& server,
                          std::string_view tool);
/// Whether clients of this type may use the key.
[[nodiscard]] bool takes_client(const model::api_key* key, std::string_view client_type);

} // namespace orch::actors
