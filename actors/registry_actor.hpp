#pragma once

#include "actors/messages.hpp"
#include "actors/registry_source.hpp"
#include "core/clock.hpp"
#include "crypto/secret_box.hpp"
#include "storage/database.hpp"
#include "storage/registry_store.hpp"

#include <caf/event_based_actor.hpp>
#include <caf/response_promise.hpp>

#include <functional>

namespace orch::actors {

/// The only writer of projects, servers, keys and people: commits, then swaps the registry that
/// everybody reads. Runs detached: it may block on the database. Owns: its database connection,
/// which also holds the claim on the database. Talks to: the supervisor (`registry_changed`);
/// answers administrative commands. Ends when: the supervisor tells it to. On failure: the command
/// is answered with the reason; the registry stays as it was.
class registry_actor final : public caf::event_based_actor {
public:
    registry_actor(caf::actor_config& config, storage::database_options database,
                   registry_source& source, const crypto::secret_box& box,
                   const clock_source& clock, instance_id instance, caf::actor supervisor);

    caf::behavior make_behavior() override;
    void on_exit() override;

private:
    [[nodiscard]] reply<registry_opened> on_open();
    [[nodiscard]] caf::response_promise on_change(const change_registry& command);

    [[nodiscard]] result<model::registry> unseal(storage::stored_registry stored);
    [[nodiscard]] result<void> ensure_default_project();
    /// Runs `work` under the claim on the database, which a new connection has to take anew.
    [[nodiscard]] result<void>
    write(const std::function<result<void>(pqxx::transaction_base&)>& work);
    /// Seals what is secret of them.
    void save(pqxx::transaction_base& work, const std::vector<model::server_entry>& servers) const;
    [[nodiscard]] result<void> reload();

    storage::session session_;
    registry_source& source_;
    const crypto::secret_box& box_;
    const clock_source& clock_;
    const instance_id instance_;
    caf::actor supervisor_;
};

} // namespace orch::actors
