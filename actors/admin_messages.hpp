#pragma once

#include "actors/item_set.hpp"
#include "core/error.hpp"
#include "core/model/registry.hpp"
#include "storage/pqxx_fwd.hpp"

#include <caf/allowed_unsafe_message_type.hpp>

#include <functional>
#include <string>
#include <utility>
#include <vector>

// Messages of start, stop and administration.

namespace orch::actors {

/// The private PostgreSQL accepts connections, again after each restart. Postgres → supervisor.
struct database_started {
    std::string connection;
};

/// The private PostgreSQL ended by itself; it is started again. Postgres → supervisor.
struct database_lost {
    std::string reason;
};

/// The private PostgreSQL cannot be started as things are; that is tried again. Postgres →
/// supervisor.
struct database_unusable {
    std::string reason;
};

/// Bring the schema up to date and read the registry; answered by
/// `reply<registry_opened>`. Supervisor → registry.
struct open_registry {};

/// What the database held at start.
struct registry_opened {
    struct server_memory {
        model::server_status status;
        item_lists lists;
        introduction_ptr introduction;
    };
    std::vector<server_memory> servers;
    uuid newest_row;
    std::vector<model::login> logins;
};

/// What the work of a change finds: its transaction, and the registry as of the change before it.
struct registry_change {
    pqxx::transaction_base& transaction;
    const model::registry& registry;
    std::chrono::system_clock::time_point at;
    /// Inserts or replaces servers by id in the transaction, their variables and headers sealed.
    std::function<void(const std::vector<model::server_entry>&)> save_servers;
};

/// Change the registry: `work` runs alone, on the registry actor's thread, in one transaction. An
/// error that it returns undoes everything and is the answer; it must not throw anything but what
/// libpqxx throws. Answered by `reply<registry_changed>` once the new registry is everybody's
/// and its servers have their actors.
struct change_registry {
    std::function<result<void>(const registry_change&)> work;
};

/// The reply to an administrative command: what was asked for, or why not.
template <class T>
struct reply {
    result<T> value;
};

/// Bring everything up. Application → supervisor.
struct start_up {};

/// End everything in the reverse order; answered by `stopped`. Application → supervisor.
struct shut_down {};

/// There is a new registry: start, change and stop servers to fit it. Registry → supervisor.
struct registry_changed {
    model::registry_ptr registry;
};

} // namespace orch::actors

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::database_started)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::database_lost)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::database_unusable)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::open_registry)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::start_up)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::shut_down)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::change_registry)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::reply<orch::actors::registry_opened>)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::reply<orch::actors::registry_changed>)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::registry_changed)
