#pragma once

#include "core/error.hpp"
#include "core/model/project.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace orch::mcp {

/// One entry of an imported configuration file. Only fields that were present are set.
struct imported_server {
    /// As spelled in the file.
    std::string original_name;
    /// Valid stable name; differs from `original_name` when that is no valid name.
    std::string name;
    std::optional<model::transport> kind;
    std::optional<std::string> command;
    std::optional<std::vector<std::string>> args;
    std::optional<model::name_value_list> env;
    std::optional<std::string> cwd;
    std::optional<std::string> url;
    std::optional<model::name_value_list> headers;
    std::optional<std::string> description;
    /// Seconds in the file.
    std::optional<std::chrono::milliseconds> call_timeout;
    std::optional<bool> enabled;
    /// Empty when the entry is good; else a sentence that says what and where.
    std::string fault;
};

/// The input that a whole value stands for in a configuration of VS Code (`${input:name}`); empty
/// for any other value.
[[nodiscard]] std::string_view input_named(std::string_view value) noexcept;
/// The sentence for an input at `place`, which nobody can be asked for here.
[[nodiscard]] std::string input_needed(std::string_view place, std::string_view input);

/// Reads `{"mcpServers": {…}}` (Claude Desktop, Cline, Cursor), `{"servers": {…}}` (VS Code), a
/// bare map of servers, or VS Code settings (`{"mcp": {"servers": {…}}}`). Comments and trailing
/// commas are accepted, since VS Code writes them. The whole fails only when the file is no such
/// map; a bad entry carries its own fault. Valid names are kept; derived ones that collide get
/// `_2`, `_3` …. An entry without a transport gets the one that follows from it: a command means
/// stdio, a URL ending in `/sse` means sse, any other means streamable HTTP. A `null` counts as
/// absent. An input is a fault but where it is the whole value of a variable or header, since what
/// is stored may stand in its place.
[[nodiscard]] result<std::vector<imported_server>> read_client_config(std::string_view json);

/// `{"mcpServers": {"<name>": {"type": …, "url": …, "headers": {"Authorization": "Bearer
/// <key>"}}}}` as a person pastes it into a client; indented.
struct endpoint_entry {
    std::string name;
    std::string type; ///< "sse" or "streamable-http"
    std::string url;
};
[[nodiscard]] std::string write_client_config(const std::vector<endpoint_entry>& endpoints,
                                              std::string_view bearer_key);

/// How exported definitions are written.
enum class config_format {
    mcp_servers, ///< `{"mcpServers": …}`: Claude Desktop, Cline, Cursor
    vscode       ///< `{"inputs": […], "servers": …}`
};
[[nodiscard]] std::optional<config_format> parse_config_format(std::string_view text) noexcept;
/// Definitions as a client configuration that `read_client_config` takes. Values of variables and
/// headers are secrets and stay out: `${NAME}` stands for them, in VS Code's format an input that
/// it asks for.
[[nodiscard]] std::string
export_client_config(const std::vector<const model::server_definition*>& servers,
                     config_format format);

} // namespace orch::mcp
