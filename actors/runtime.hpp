#pragma once

#include "actors/call_log_lanes.hpp"
#include "actors/call_log_writer.hpp"
#include "actors/call_recorder.hpp"
#include "actors/key_ledger.hpp"
#include "actors/login_table.hpp"
#include "actors/options.hpp"
#include "actors/password_gate.hpp"
#include "actors/registry_source.hpp"
#include "actors/server_board.hpp"
#include "actors/server_services.hpp"
#include "actors/session_actor.hpp"
#include "actors/session_registry.hpp"
#include "actors/tail_gate.hpp"
#include "core/clock.hpp"
#include "core/uuid.hpp"
#include "crypto/secret_box.hpp"
#include "storage/database.hpp"
#include "storage/options.hpp"
#include "storage/spool_usage.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace orch::actors {

/// What the runtime is made of; from the configuration.
struct runtime_options {
    actor_options actors;
    net::child_options child;
    /// An empty `connection` asks for the private PostgreSQL.
    storage::database_options database;
    storage::spool_options spool;
    std::string data_dir;
    std::string launcher;
    model::name_value_list base_environment;
    std::string version;
    net::client_options remote = {};
};

enum class readiness { starting, ready, stopping, failed };

/// The condition while nothing is waited for.
inline constexpr auto ready_text = "ready";

/// Everything that actors and request handlers share. Made by the application before the actor
/// system and destroyed after it, so that references to it are always good.
struct runtime {
    runtime(runtime_options given, const clock_source& time, crypto::secret_box opened_box);
    /// Writes the last records and deletes the spool files that are in the database.
    ~runtime();
    runtime(const runtime&) = delete;
    runtime& operator=(const runtime&) = delete;

    const runtime_options options;
    const clock_source& clock;
    crypto::secret_box box;
    const instance_id instance;
    uuid_sequence sequence;

    registry_source registry;
    server_board board;
    session_registry sessions;
    login_table logins;
    key_ledger keys;
    password_gate password_queue;
    std::shared_ptr<storage::spool_usage> spool_usage;
    std::shared_ptr<call_log_state> log_state;
    /// Between the writers of the logs and their tails.
    std::shared_ptr<tail_gate> call_gate;
    std::shared_ptr<tail_gate> server_log_gate;
    /// By index of the unit; each is touched only on its unit.
    std::vector<std::unique_ptr<call_recorder>> recorders;
    /// By index of the unit; for the call log writer.
    std::vector<call_log_lane> lanes;

    // Made by the supervisor; good once `state()` was seen to be `ready`. The handles are addresses
    // that stay: an actor that died is replaced behind its own.
    std::unique_ptr<server_services> servers;
    std::unique_ptr<session_services> clients;
    std::unique_ptr<storage::database> database;
    caf::actor registry_writer;
    caf::actor passwords;
    caf::actor metrics;
    caf::actor call_tail;
    caf::actor server_log_tail;
    caf::actor refresh;
    caf::actor scheduler;
    caf::actor probes;

    [[nodiscard]] readiness state() const noexcept {
        return state_.load(std::memory_order_acquire);
    }
    /// A sentence for people: what is waited for, or what failed.
    [[nodiscard]] std::string condition() const;
    void set_state(readiness next, std::string condition);
    /// Waits for a state other than `state`, at most that long; says whether there is one.
    [[nodiscard]] bool wait_while(readiness state, std::chrono::milliseconds longest) const;
    /// Whether the database takes call records, as far as is known.
    [[nodiscard]] bool database_up() const;
    /// Whether new calls are refused because their records would find no room.
    [[nodiscard]] bool refusing_calls() const noexcept;
    /// Ends what is no actor but answers them, once the supervisor has stopped: the units' threads
    /// may still run.
    void close();

private:
    std::atomic<readiness> state_{readiness::starting};
    mutable std::mutex condition_mutex_;
    mutable std::condition_variable changed_;
    std::string condition_ = "starting";
};

} // namespace orch::actors
