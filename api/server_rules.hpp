#pragma once

#include "api/context.hpp"
#include "api/server_types.hpp"
#include "core/error.hpp"
#include "core/model/registry.hpp"

namespace orch::api {

/// Puts what is given into a fresh `entry`, whose project is known; the error names every field
/// that is wrong.
[[nodiscard]] result<void> apply(const create_server_request& wanted, model::server_entry& entry);
/// The same for a change. A new name leaves the old one as an alias.
[[nodiscard]] result<void> apply(const update_server_request& wanted, model::server_entry& entry);
/// Whether a definition that did not come through `apply` could have; the error names every field
/// that is wrong.
[[nodiscard]] result<void> check_definition(const model::server_definition& server);
/// `conflict` when another server of the project has the name or is found by it.
[[nodiscard]] result<void> check_name_is_free(const model::server_entry& entry,
                                              const model::registry& registry);

/// Whether the principal may say what a stdio server of `project` runs, which is set by
/// `security.stdio_servers`.
[[nodiscard]] bool may_set_commands(const context& context, const incoming& in,
                                    const project_id& project);
/// Whether the principal may make `after` of `before` (null for a new server). The one rule for
/// create, change, import and preview. `forbidden` names the setting.
[[nodiscard]] result<void> check_may_define(const context& context, const incoming& in,
                                            const model::server_definition& after,
                                            const model::server_definition* before);
/// `conflict` when the server would take clients without a key where that is not allowed.
[[nodiscard]] result<void> check_may_open(const context& context,
                                          const model::server_definition& server);

} // namespace orch::api
