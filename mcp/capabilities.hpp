#pragma once

#include "mcp/version.hpp"

#include <string>
#include <string_view>

namespace orch::mcp {

/// What a server offers, as far as it decides about routing (lifecycle, capability negotiation).
struct server_capabilities {
    bool tools = false;
    bool prompts = false;
    bool resources = false;
    bool subscribe = false; ///< `resources.subscribe`
    bool completions = false;
    bool logging = false;
    bool tasks = false;       ///< `tasks.requests.tools.call`
    bool task_list = false;   ///< `tasks.list`
    bool task_cancel = false; ///< `tasks.cancel`

    bool operator==(const server_capabilities&) const = default;
    /// Whether requests may be sent that need this member; true for members that are not known.
    [[nodiscard]] bool has(std::string_view member) const noexcept;
};

/// `raw` is the capabilities object of an answer to `initialize`; anything else offers nothing.
/// Revision 2024-11-05 has no flag for completions: prompts or resources mean them there. Tasks are
/// of 2025-11-25 alone.
[[nodiscard]] server_capabilities read_server_capabilities(std::string_view raw,
                                                           revision version = latest_revision);
/// Of a server that was never met: all there is, since an empty list is an answer, too; but no
/// tasks, which few servers have and clients call otherwise than the rest.
[[nodiscard]] server_capabilities every_capability() noexcept;
/// What several servers offer together.
[[nodiscard]] server_capabilities both(const server_capabilities& left,
                                       const server_capabilities& right) noexcept;
/// What of it a client of that revision knows.
[[nodiscard]] server_capabilities known_to(revision client, server_capabilities offered) noexcept;
/// The JSON object for a client. Lists may change at any time, and clients are told.
[[nodiscard]] std::string to_json(const server_capabilities& offered);

/// What a client can be asked by a server, by the member of its capabilities.
struct client_capabilities {
    bool sampling = false;
    bool elicitation_form = false;
    bool elicitation_url = false;
    bool roots = false;
    bool sampling_tools = false; ///< `sampling.tools`

    [[nodiscard]] bool any() const noexcept {
        return sampling || elicitation_form || elicitation_url || roots;
    }
    bool operator==(const client_capabilities&) const = default;
};

/// `raw` is the capabilities object of `initialize`. An empty `elicitation` means forms
/// (2025-11-25, elicitation, capabilities).
[[nodiscard]] client_capabilities read_client_capabilities(std::string_view raw);
/// The members of `raw` that a server may act upon through us: `sampling`, `elicitation` and
/// `roots`, verbatim; `{}` when there are none.
[[nodiscard]] std::string relayed_capabilities(std::string_view raw);
/// Whether a client with these may get the request of a server. `mode` is that of an elicitation;
/// `with_tools` says that a sampling has tools.
[[nodiscard]] bool may_be_asked(const client_capabilities& client, std::string_view method,
                                std::string_view mode, bool with_tools = false) noexcept;

} // namespace orch::mcp
