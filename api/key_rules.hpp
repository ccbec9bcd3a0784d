#pragma once

#include "api/key_types.hpp"
#include "core/error.hpp"
#include "core/model/registry.hpp"

#include <chrono>

namespace orch::api {

/// What the rules of a key are checked against.
struct key_rules_context {
    const model::registry& registry;
    std::chrono::system_clock::time_point now;
};

/// Puts what is given into `key`, whose project is known; the error names every field that is
/// wrong, `conflict` is a name that another key of the project has.
[[nodiscard]] result<void> apply(const create_key_request& wanted, model::api_key& key,
                                 const key_rules_context& context);
[[nodiscard]] result<void> apply(const update_key_request& wanted, model::api_key& key,
                                 const key_rules_context& context);
/// How long an old key goes on working.
[[nodiscard]] result<std::chrono::seconds> overlap_of(const rotate_key_request& wanted);

} // namespace orch::api
