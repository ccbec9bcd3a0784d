#include "api/principal_names.hpp"

#include <utility>

namespace orch::api {

std::optional<std::string> name_of_principal(std::string_view principal,
                                             const model::registry& registry) {
    constexpr std::string_view key_kind = "key:";
    constexpr std::string_view user_kind = "user:";
    if (principal.starts_with(user_kind)) {
        const auto id = user_id::parse(principal.substr(user_kind.size()));
        const auto* user = id ? registry.find_user(*id) : nullptr;
        return user != nullptr ? std::optional(user->name) : std::nullopt;
    }
    const auto id = principal.starts_with(key_kind)
                        ? key_id::parse(principal.substr(key_kind.size()))
                        : std::nullopt;
    const auto* key = id ? registry.find_key(*id) : nullptr;
    return key != nullptr ? std::optional(key->name) : std::nullopt;
}

principal_names::principal_names(const principal& reader, model::registry_ptr registry)
    : registry_(std::move(registry)), tells_(are_told_to(reader)) {}

bool principal_names::are_told_to(const principal& reader) noexcept {
    return reader.kind == principal::kind::user || reader.kind == principal::kind::local_admin;
}

std::optional<std::string> principal_names::of(std::string_view principal) const {
    return tells_ ? name_of_principal(principal, *registry_) : std::nullopt;
}

} // namespace orch::api
