#include "actors/process_key.hpp"

#include <fmt/format.h>

#include <functional>

namespace orch::actors {

namespace {

constexpr std::string_view session_prefix = "session:";

std::string of_session(const client_card& client) {
    return fmt::format("{}{}", session_prefix, client.session.to_string());
}

} // namespace

std::string process_key(const model::process_policy& policy, bool needs_client,
                        const client_card* client) {
    using kind = model::process_policy::kind;
    if (client == nullptr) {
        return {};
    }
    switch (policy.by) {
    case kind::automatic:
        return needs_client && client->can.any() ? of_session(*client) : std::string{};
    case kind::shared: return {};
    case kind::per_session: return of_session(*client);
    case kind::per_user: return fmt::format("user:{}", client->principal);
    case kind::pool: {
        const auto place = std::hash<session_id>{}(client->session) % policy.pool_size;
        return place == 0 ? std::string{} : fmt::format("pool:{}", place);
    }
    }
    return {};
}

bool serves_one_session(std::string_view key) noexcept { return key.starts_with(session_prefix); }

} // namespace orch::actors
