#pragma once

#include "actors/messages.hpp"
#include "core/model/project.hpp"

#include <string>

namespace orch::actors {

/// Which of a server's processes serves a client: empty for the one that all share. `needs_client`
/// says that the server was seen to ask clients; `client` is null for a call without a session.
/// Pure.
[[nodiscard]] std::string process_key(const model::process_policy& policy, bool needs_client,
                                      const client_card* client);

/// Whether such a process is for one session alone, and so may ask its client.
[[nodiscard]] bool serves_one_session(std::string_view key) noexcept;

} // namespace orch::actors
