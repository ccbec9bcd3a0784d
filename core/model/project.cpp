#include "core/model/project.hpp"

#include "core/model/enum_names.hpp"

namespace orch::model {

namespace {

constexpr enum_names<server_state, 6> state_names{{
    {server_state::unknown, "unknown"},
    {server_state::stopped, "stopped"},
    {server_state::starting, "starting"},
    {server_state::online, "online"},
    {server_state::error, "error"},
    {server_state::disabled, "disabled"},
}};

constexpr enum_names<naming_mode, 3> naming_names{{
    {naming_mode::always, "always"},
    {naming_mode::on_collision, "on_collision"},
    {naming_mode::never, "never"},
}};
constexpr enum_names<process_policy, 5> policy_names{{
    {process_policy::automatic, "auto"},
    {process_policy::shared, "shared"},
    {process_policy::per_session, "per-session"},
    {process_policy::pool, "pool"},
    {process_policy::per_user, "per-user"},
}};

} // namespace

std::string_view to_string(naming_mode mode) noexcept { return name_in(naming_names, mode); }
std::optional<naming_mode> parse_naming_mode(std::string_view text) noexcept {
    return value_in(naming_names, text);
}

std::string_view to_string(process_policy policy) noexcept { return name_in(policy_names, policy); }
std::optional<process_policy> parse_process_policy(std::string_view text) noexcept {
    return value_in(policy_names, text);
}

std::string_view to_string(transport kind) noexcept {
    switch (kind) {
    case transport::stdio: return "stdio";
    case transport::streamable_http: return "streamable-http";
    case transport::sse: return "sse";
    }
    return "stdio";
}

std::optional<transport> parse_transport(std::string_view text) noexcept {
    if (text == "stdio") {
        return transport::stdio;
    }
    if (text == "sse") {
        return transport::sse;
    }
    if (text == "streamable-http" || text == "streamableHttp" || text == "streamable_http" ||
        text == "http") {
        return transport::streamable_http;
    }
    return std::nullopt;
}

std::string_view to_string(server_state state) noexcept { return name_in(state_names, state); }

server_state parse_server_state(std::string_view text) noexcept {
    return value_in(state_names, text).value_or(server_state::unknown);
}

} // namespace orch::model
