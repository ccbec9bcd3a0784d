#include "actors/supervisor.hpp"

#include "actors/row_watcher.hpp"
#include "actors/session_welcome.hpp"
#include "core/log.hpp"
#include "storage/people_store.hpp"

#include <caf/send.hpp>

// What the supervisor does again and again while all is well.

namespace orch::actors {

namespace {

/// Ticks between two looks for idle sessions.
constexpr std::size_t ticks_per_sweep = 50;
constexpr std::chrono::hours forget_interval{1};

} // namespace

void supervisor::on_tick() {
    watch_.tick();
    if (servers_) {
        servers_->tick();
    }
    if (postgres_) {
        caf::anon_send(postgres_, tick{});
    }
    if (runtime_.scheduler) {
        caf::anon_send(runtime_.scheduler, tick{});
    }
    if (++ticks_ % ticks_per_sweep == 0) {
        end_idle_sessions();
        end_unwelcome_sessions();
        runtime_.sessions.forget_events();
        review_all_watchers();
        store_logins();
        store_key_uses(key_ledger::taking::due, [] {});
        forget_old_records();
    }
}

void supervisor::forget_old_records() {
    const auto now = runtime_.clock.monotonic();
    if (!retention_ || (forget_at_ && now < *forget_at_)) {
        return;
    }
    if (forget_at_) {
        caf::anon_send(retention_, forget_old{});
    }
    // Not at the same minute of every hour, nor together with other instances on one machine.
    forget_at_ = now + std::chrono::duration_cast<monotonic_time::duration>(
                           forget_interval * (0.9 + 0.2 * random_jitter()));
}

void supervisor::end_idle_sessions() {
    const auto now = runtime_.clock.monotonic();
    const auto& options = runtime_.options.actors;
    for (const auto& session : runtime_.sessions.idle_since(
             now - options.session_idle_timeout, now - options.session_listening_timeout)) {
        caf::anon_send(session, close_session{});
    }
}

void supervisor::store_logins() {
    auto changes = runtime_.logins.take_changes();
    if (!runtime_.database || (changes.used.empty() && changes.over.empty())) {
        return;
    }
    runtime_.database->submit(
        [changes = std::move(changes)](pqxx::connection& connection) {
            storage::touch_logins(connection, changes.used);
            for (const auto& login : changes.over) {
                storage::delete_login(connection, login.token_sha256);
            }
        },
        [](const result<void>& stored) {
            // They are over in memory all the same, and a start forgets those that are too old.
            if (!stored) {
                log::warning("identity", "the last use of logins is not stored: {}",
                             stored.error().detail);
            }
        });
}

void supervisor::end_unwelcome_sessions() {
    const auto registry = runtime_.registry.load();
    const auto now = runtime_.clock.wall();
    for (const auto& session : runtime_.sessions.matching(
             [&](const session_entry& entry) { return !is_welcome(entry, *registry, now); })) {
        caf::anon_send(session, close_session{});
    }
}

void supervisor::review_all_watchers() {
    for (const auto& tail : {runtime_.call_tail, runtime_.server_log_tail}) {
        if (tail) {
            caf::anon_send(tail, review_watchers{});
        }
    }
}

void supervisor::store_key_uses(key_ledger::taking which, std::function<void()> next) {
    const auto uses = runtime_.keys.take_uses(which);
    if (!runtime_.database || uses.empty()) {
        next();
        return;
    }
    runtime_.database->submit(
        [uses](pqxx::connection& connection) { storage::save_key_uses(connection, uses); },
        [&keys = runtime_.keys, uses, next = std::move(next)](const result<void>& stored) {
            if (!stored) {
                keys.give_back(uses);
                log::warning("identity", "the last use of keys is not stored: {}",
                             stored.error().detail);
            }
            next();
        });
}

} // namespace orch::actors
