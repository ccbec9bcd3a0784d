#include "core/model/project.hpp"

#include "core/model/enum_names.hpp"

#include <charconv>
#include <system_error>

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
constexpr enum_names<process_policy::kind, 5> policy_names{{
    {process_policy::kind::automatic, "auto"},
    {process_policy::kind::shared, "shared"},
    {process_policy::kind::per_session, "per-session"},
    {process_policy::kind::pool, "pool"},
    {process_policy::kind::per_user, "per-user"},
}};

/// The size in `pool(<size>)`.
std::optional<std::size_t> parse_pool_size(std::string_view text) noexcept {
    constexpr std::string_view before = "pool(";
    if (!text.starts_with(before) || !text.ends_with(')')) {
        return std::nullopt;
    }
    text.remove_prefix(before.size());
    text.remove_suffix(1);
    std::size_t size = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), size);
    const bool whole = fault == std::errc{} && end == text.data() + text.size();
    return whole && size >= 1 && size <= process_policy::pool_size_max ? std::optional(size)
                                                                       : std::nullopt;
}

} // namespace

std::string_view to_string(naming_mode mode) noexcept { return name_in(naming_names, mode); }
std::optional<naming_mode> parse_naming_mode(std::string_view text) noexcept {
    return value_in(naming_names, text);
}

std::string to_string(const process_policy& policy) {
    std::string text(name_in(policy_names, policy.by));
    return policy.by == process_policy::kind::pool
               ? text.append("(").append(std::to_string(policy.pool_size)).append(")")
               : text;
}

std::optional<process_policy> parse_process_policy(std::string_view text) noexcept {
    if (const auto size = parse_pool_size(text)) {
        return process_policy{process_policy::kind::pool, *size};
    }
    const auto by = value_in(policy_names, text);
    return by ? std::optional(process_policy{*by}) : std::nullopt;
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
