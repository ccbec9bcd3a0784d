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

} // namespace

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
