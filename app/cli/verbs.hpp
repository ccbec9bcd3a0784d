#pragma once

#include "app/cli/admin_client.hpp"
#include "app/cli/command_line.hpp"
#include "app/cli/outcome.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace orch::app::cli {

/// Sends `config_text`, the content of the file; one line per server. `failed` when one failed.
[[nodiscard]] outcome import_servers(const import_command& wanted, std::string_view config_text,
                                     const admin_client& admin);

/// A table, or the answers as they came.
[[nodiscard]] outcome list_servers(const servers_command& wanted, const admin_client& admin);

/// The text of the result on stdout; `failed` and stderr when the tool reported an error.
[[nodiscard]] outcome call_tool(const call_command& wanted, const admin_client& admin);

/// Sends what the form and the options say; a table, the members of the answer, or its JSON.
[[nodiscard]] outcome ask_for_resource(const resource_command& wanted, const admin_client& admin);

/// What came over, and what people should know of it; `failed` when nothing did.
[[nodiscard]] outcome migrate_from_original(const migrate_command& wanted,
                                            const admin_client& admin);

/// The names of all projects.
[[nodiscard]] result<std::vector<std::string>> project_names(const admin_client& admin);

} // namespace orch::app::cli
