#include "actors/server_log_writer.hpp"

#include "actors/bridge/pinned_actor.hpp"
#include "core/log.hpp"
#include "storage/server_store.hpp"
#include "storage/session_store.hpp"

namespace orch::actors {

namespace {

constexpr std::chrono::milliseconds write_interval{100};
constexpr std::chrono::milliseconds retry_interval{2'000};

} // namespace

server_log_writer::server_log_writer(caf::actor_config& config, storage::database_options database)
    : event_based_actor(config), session_(std::move(database)) {
    bridge::install_default_handlers(*this, "server log writer");
}

caf::behavior server_log_writer::make_behavior() {
    return caf::behavior{
        [this](const server_logged& line) { on_line(line); },
        [this](const status_changed& changed) {
            states_[changed.status.id] = changed.status;
            arm(write_interval);
        },
        [this](const tools_discovered& discovered) {
            tools_[discovered.server] = discovered.tools;
            arm(write_interval);
        },
        [this](write_pending) {
            timer_armed_ = false;
            write();
        },
        [this](flush_log) {
            write();
            return flushed{};
        },
    };
}

void server_log_writer::on_line(const server_logged& line) {
    if (lines_.size() >= lines_max) {
        lines_.pop_front();
        ++dropped_;
    }
    lines_.push_back(line.entry);
    arm(write_interval);
}

void server_log_writer::arm(std::chrono::milliseconds delay) {
    if (!timer_armed_) {
        timer_armed_ = true;
        delayed_send(this, delay, write_pending{});
    }
}

void server_log_writer::write() {
    if (lines_.empty() && states_.empty() && tools_.empty()) {
        return;
    }
    if (const auto ran = store(); !ran) {
        log::warning("server-log", "lines of servers wait for the database: {}",
                     ran.error().detail);
        arm(retry_interval);
        return;
    }
    if (dropped_ > 0) {
        log::warning("server-log", "{} lines were dropped while the database was away", dropped_);
        dropped_ = 0;
    }
    lines_.clear();
    states_.clear();
    tools_.clear();
}

result<void> server_log_writer::store() {
    return session_.run([this](pqxx::connection& connection) {
        for (const auto& [server, set] : tools_) {
            storage::save_tools(connection, server, set->tools);
        }
        for (const auto& [server, status] : states_) {
            storage::save_status(connection, status);
        }
        storage::insert_server_log(connection, {lines_.begin(), lines_.end()});
    });
}

} // namespace orch::actors
