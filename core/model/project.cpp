#include "core/model/project.hpp"

#include <array>

namespace orch::model {

namespace {

constexpr std::array<std::pair<server_state, std::string_view>, 6> state_names{{
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

std::string_view to_string(server_state state) noexcept {
    for (const auto& [value, name] : state_names) {
        if (value == state) {
            return name;
        }
    }
    return "unknown";
}

server_state parse_server_state(std::string_view text) noexcept {
    for (const auto& [value, name] : state_names) {
        if (name == text) {
            return value;
        }
    }
    return server_state::unknown;
}

} // namespace orch::model
