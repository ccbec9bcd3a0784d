#pragma once

#include "api/context.hpp"

#include "actors/password_messages.hpp"

#include <chrono>
#include <functional>
#include <string>

namespace orch::api {

/// 429 for an address that guessed too often, wherever a password is asked for.
[[nodiscard]] net::response too_often(std::chrono::seconds wait);

/// Hashes a new password and goes on with the hash; answers by itself when that fails or when too
/// many wait. `next` runs on the connection's unit.
void hash_then(const context& context, const incoming_ptr& in, std::string password,
               std::function<void(std::string hash)> next);

/// What a check needs to know, and who is told of its end.
struct password_check {
    std::string password;
    /// Nil for an account that is not there: the check costs the same.
    user_id user;
    /// Called when the check could not be made; the answer is out then.
    std::function<void()> withdrawn;
    std::function<void(bool match)> decided;
};

/// Checks a password against what the database holds, on the password actor. A match whose hash
/// has an old cost is stored anew.
void check_then(const context& context, const incoming_ptr& in, password_check check);

} // namespace orch::api
