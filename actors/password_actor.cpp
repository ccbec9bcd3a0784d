#include "actors/password_actor.hpp"

#include "actors/bridge/pinned_actor.hpp"
#include "core/log.hpp"

#include <utility>

namespace orch::actors {

namespace {

error no_place() { return {errc::unavailable, "too many passwords are waiting to be checked"}; }

} // namespace

password_actor::password_actor(caf::actor_config& config, const crypto::password_cost& cost)
    : event_based_actor(config), cost_(cost), decoy_(crypto::decoy_hash(cost)) {
    bridge::install_default_handlers(*this, "password");
}

caf::behavior password_actor::make_behavior() {
    return caf::behavior{
        // Text and ticket are let go before the answer leaves.
        [this](hash_password& given) {
            const auto command = std::move(given);
            return on_hash(command);
        },
        [this](check_password& given) {
            const auto command = std::move(given);
            return on_check(command);
        },
    };
}

reply<password_hashed> password_actor::on_hash(const hash_password& command) const {
    if (!command.ticket) {
        return {no_place()};
    }
    auto hash = crypto::hash_password(command.text->view(), cost_);
    if (!hash) {
        return {hash.error()};
    }
    return {password_hashed{std::move(*hash)}};
}

reply<password_checked> password_actor::on_check(const check_password& command) const {
    if (!command.ticket) {
        return {no_place()};
    }
    const bool known = !command.stored.empty();
    const auto& stored = known ? command.stored : decoy_;
    const auto text = command.text->view();
    password_checked checked;
    const auto verdict = crypto::verify_password(text, stored);
    checked.match = known && verdict == crypto::password_verdict::match;
    if (checked.match && crypto::needs_rehash(stored, cost_)) {
        if (auto fresh = crypto::hash_password(text, cost_)) {
            checked.rehashed = std::move(*fresh);
        } else {
            // The old hash is still good, so the login goes on.
            log::warning("password", "a password keeps its old hash: {}", fresh.error().detail);
        }
    }
    return {std::move(checked)};
}

} // namespace orch::actors
