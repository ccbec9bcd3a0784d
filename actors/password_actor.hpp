#pragma once

#include "actors/password_messages.hpp"
#include "crypto/password.hpp"

#include <caf/event_based_actor.hpp>

#include <string>

namespace orch::actors {

/// Hashes and checks passwords, one at a time, so that logins take one core and the memory of one
/// hash at most. Runs detached: each of them works for a long time on purpose.
/// Owns: nothing that lasts.
/// Talks to: nobody; answers `hash_password` and `check_password`.
/// Ends when: the supervisor tells it to.
/// On failure: the command is answered with the reason.
class password_actor final : public caf::event_based_actor {
public:
    password_actor(caf::actor_config& config, const crypto::password_cost& cost);

    caf::behavior make_behavior() override;

private:
    [[nodiscard]] reply<password_hashed> on_hash(const hash_password& command) const;
    [[nodiscard]] reply<password_checked> on_check(const check_password& command) const;

    const crypto::password_cost cost_;
    const std::string decoy_;
};

} // namespace orch::actors
