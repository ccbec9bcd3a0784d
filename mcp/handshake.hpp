#pragma once

#include "mcp/capabilities.hpp"
#include "mcp/json_rpc.hpp"
#include "mcp/version.hpp"

#include <string>
#include <string_view>

namespace orch::mcp {

/// What a client says of itself in `initialize`.
struct client_hello {
    std::string requested_version;
    std::string client_name;
    std::string client_version;
    /// Raw JSON object.
    std::string capabilities;
};

/// `invalid_params` names the missing member.
[[nodiscard]] checked<client_hello> read_client_hello(std::string& text, const envelope& message);

/// What a server says of itself in the answer to `initialize`.
struct server_hello {
    revision version = latest_revision;
    std::string server_name;
    std::string server_version;
    std::string instructions;
    /// Raw JSON object.
    std::string capabilities;
    server_capabilities offered;
};

/// `protocol_violation` when members are missing or the version is none that we speak.
[[nodiscard]] result<server_hello> read_server_hello(std::string& line, const envelope& message);

/// Params of our own `initialize` towards a server. `client_capabilities` is the raw object of the
/// client that the session with the server is for, `{}` for none.
[[nodiscard]] std::string initialize_params(std::string_view orchestrator_version,
                                            std::string_view client_capabilities = "{}");
/// Result that a client gets, with our own identity.
[[nodiscard]] std::string initialize_result(revision version, std::string_view server_name,
                                            std::string_view orchestrator_version,
                                            const server_capabilities& offered,
                                            std::string_view instructions);

/// Whether `detect_client_type` has a name for it; "unknown" is one.
[[nodiscard]] bool is_client_type(std::string_view type) noexcept;

/// cline, cursor, vscode, claude, roo, windsurf, inspector, … or "unknown", from the User-Agent and
/// the name in `clientInfo`; the name wins.
[[nodiscard]] std::string detect_client_type(std::string_view user_agent,
                                             std::string_view client_name);

} // namespace orch::mcp
