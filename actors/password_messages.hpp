#pragma once

#include "actors/admin_messages.hpp"
#include "actors/password_gate.hpp"
#include "crypto/secret_text.hpp"

#include <caf/allowed_unsafe_message_type.hpp>

#include <optional>
#include <string>

// Messages of the password actor. Enter its gate first: they cannot be made without a ticket,
// and are answered by `unavailable` when it is empty.

namespace orch::actors {

/// Make the hash that is stored for a new password; answered by `reply<password_hashed>`.
struct hash_password {
    crypto::secret_text_ptr text;
    password_ticket ticket;
};
struct password_hashed {
    std::string hash;
};

/// Compare a password with the stored hash; answered by `reply<password_checked>`. An empty
/// `stored` stands for an unknown account: it costs the same work and never matches.
struct check_password {
    crypto::secret_text_ptr text;
    std::string stored;
    password_ticket ticket;
};
struct password_checked {
    bool match = false;
    /// A match whose stored hash has another cost than today's: what to store from now on.
    std::optional<std::string> rehashed;
};

} // namespace orch::actors

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::hash_password)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::check_password)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::reply<orch::actors::password_hashed>)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::reply<orch::actors::password_checked>)
