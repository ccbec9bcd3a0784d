#include "actors/session_writer.hpp"

#include "actors/bridge/pinned_actor.hpp"
#include "core/log.hpp"
#include "storage/session_query.hpp"
#include "storage/session_store.hpp"

#include <vector>

namespace orch::actors {

namespace {

constexpr std::chrono::milliseconds write_interval{200};
constexpr std::chrono::milliseconds retry_interval{2'000};

} // namespace

session_writer::session_writer(caf::actor_config& config, storage::database_options database,
                               instance_id instance)
    : event_based_actor(config), session_(std::move(database)), instance_(instance) {
    bridge::install_default_handlers(*this, "session writer");
}

caf::behavior session_writer::make_behavior() {
    const auto recalled = session_.run([this](pqxx::connection& live) { recall(live); });
    if (!recalled) {
        log::warning("sessions", "open sessions are not known yet: {}", recalled.error().detail);
    }
    return caf::behavior{
        [this](const session_opened& opened) { on_opened(opened); },
        [this](const session_identified& identified) { on_identified(identified); },
        [this](const session_closed& closed) { on_closed(closed); },
        [this](const calls_finished& finished) { on_calls(finished); },
        [this](write_pending) { on_write(); },
        [this](flush_log) {
            write();
            return flushed{};
        },
    };
}

void session_writer::recall(pqxx::connection& connection) {
    if (recalled_) {
        return;
    }
    for (auto& row : storage::open_sessions(connection, instance_)) {
        // What was heard since then is newer.
        rows_.try_emplace(row.id, std::move(row));
    }
    recalled_ = true;
}

void session_writer::on_opened(const session_opened& opened) {
    if (rows_.size() >= rows_max) {
        log::warning("sessions", "too many sessions wait for the database, one is not stored");
        return;
    }
    rows_[opened.session.id] = opened.session;
    mark(opened.session.id);
}

void session_writer::on_identified(const session_identified& identified) {
    const auto found = rows_.find(identified.session.id);
    if (found == rows_.end()) {
        return;
    }
    found->second.caller = identified.session.caller;
    found->second.protocol_version = identified.session.protocol_version;
    mark(found->first);
}

void session_writer::on_closed(const session_closed& closed) {
    const auto found = rows_.find(closed.session);
    if (found != rows_.end()) {
        found->second.disconnected_at = closed.at;
        mark(closed.session);
    }
}

void session_writer::on_calls(const calls_finished& finished) {
    for (const auto& call : *finished.calls) {
        const auto found = rows_.find(call.session);
        if (found == rows_.end()) {
            continue;
        }
        auto& row = found->second;
        ++row.total_calls;
        ++(call.status == model::call_status::success ? row.successful_calls : row.failed_calls);
        row.last_activity = std::max(row.last_activity, call.finished);
        mark(call.session);
    }
}

void session_writer::on_write() {
    timer_armed_ = false;
    write();
}

void session_writer::write() {
    if (changed_.empty()) {
        return;
    }
    std::vector<model::client_session> rows;
    rows.reserve(changed_.size());
    for (const auto& id : changed_) {
        rows.push_back(rows_.at(id));
    }
    const auto ran = session_.run([&](pqxx::connection& connection) {
        recall(connection);
        storage::save_sessions(connection, rows);
    });
    if (!ran) {
        log::warning("sessions", "rows of sessions wait for the database: {}", ran.error().detail);
        timer_armed_ = true;
        delayed_send(this, retry_interval, write_pending{});
        return;
    }
    changed_.clear();
    for (const auto& row : rows) {
        if (row.disconnected_at) {
            rows_.erase(row.id);
        }
    }
}

void session_writer::mark(const session_id& id) {
    changed_.insert(id);
    if (!timer_armed_) {
        timer_armed_ = true;
        delayed_send(this, write_interval, write_pending{});
    }
}

} // namespace orch::actors
