#pragma once

#include "api/context.hpp"
#include "api/key_types.hpp"

namespace orch::api {

/// What may be shown of a key, its newest use included.
[[nodiscard]] key_view view_of(const model::api_key& key, const model::registry& registry,
                               const context& context);
/// active, revoked, quarantined or expired
[[nodiscard]] std::string status_of(const model::api_key& key,
                                    std::chrono::system_clock::time_point now);
/// Whether the search stands in what is shown of the key. Case does not count.
[[nodiscard]] bool matches(const model::api_key& key, std::string_view search);

} // namespace orch::api
