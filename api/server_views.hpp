#pragma once

#include "api/change.hpp"
#include "api/context.hpp"
#include "api/rest_types.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace orch::api {

/// A server as it was last seen; nothing of it asks a process.
[[nodiscard]] server_view view_of(const model::server_entry& entry, const model::registry& registry,
                                  const context& context);
/// The state that is shown: a server that is switched off is disabled, whatever was last seen of
/// it.
[[nodiscard]] std::string_view state_shown(const model::server_definition& server,
                                           const actors::server_view& known);
[[nodiscard]] process_view process_of(const actors::server_view& known);
/// Absent until there was a handshake.
[[nodiscard]] std::optional<server_info_view> info_of(const actors::server_view& known);
[[nodiscard]] server_log_view view_of(const model::server_log_entry& entry);
/// The tools as the server described them.
[[nodiscard]] std::vector<raw_json> definitions_of(const actors::item_set_ptr& tools);
[[nodiscard]] activity_target target_of(const model::server_entry& server);
/// Old and new values, of variables and headers their names only.
[[nodiscard]] change_list changes_between(const model::server_entry& from,
                                          const model::server_entry& to);
[[nodiscard]] std::optional<std::string> unless_empty(const std::string& text);

} // namespace orch::api
