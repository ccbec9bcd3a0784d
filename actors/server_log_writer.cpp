#include "actors/server_log_writer.hpp"

#include "actors/bridge/pinned_actor.hpp"
#include "core/log.hpp"
#include "storage/server_log_store.hpp"
#include "storage/server_store.hpp"

#include <utility>

namespace orch::actors {

namespace {

constexpr std::chrono::milliseconds write_interval{100};
constexpr std::chrono::milliseconds retry_interval{2'000};

} // namespace

server_log_writer::server_log_writer(caf::actor_config& config, storage::database_options database,
                                     tail_door door)
    : event_based_actor(config), session_(std::move(database)), door_(std::move(door)) {
    bridge::install_default_handlers(*this, "server log writer");
}

caf::behavior server_log_writer::make_behavior() {
    return caf::behavior{
        [this](server_logged& line) {
            lines_.add(std::move(line.entry));
            arm(write_interval);
        },
        [this](const status_changed& changed) {
            states_[changed.status.id] = changed.status;
            arm(write_interval);
        },
        [this](const items_discovered& discovered) {
            lists_[{discovered.server, discovered.kind}] = discovered.items;
            arm(write_interval);
        },
        [this](const server_introduced& introduced) {
            introductions_[introduced.server] = introduced.introduction;
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

void server_log_writer::arm(std::chrono::milliseconds delay) {
    if (!timer_armed_) {
        timer_armed_ = true;
        delayed_send(this, delay, write_pending{});
    }
}

void server_log_writer::write() {
    if (lines_.empty() && states_.empty() && lists_.empty() && introductions_.empty()) {
        return;
    }
    auto lines = lines_.all();
    if (const auto ran = store(lines); !ran) {
        log::warning("server-log", "lines of servers wait for the database: {}",
                     ran.error().detail);
        arm(retry_interval);
        return;
    }
    show(std::move(lines));
    lines_.clear();
    states_.clear();
    lists_.clear();
    introductions_.clear();
}

void server_log_writer::show(std::vector<model::server_log_entry> lines) const {
    if (!door_.is_watched() || lines.empty()) {
        return;
    }
    std::size_t bytes = 0;
    for (const auto& line : lines) {
        bytes += sizeof line + line.message.size() + line.search_text.size();
    }
    door_.hand_over(std::move(lines), bytes);
}

result<void> server_log_writer::store(const std::vector<model::server_log_entry>& lines) {
    return session_.run([&](pqxx::connection& connection) {
        for (const auto& [key, set] : lists_) {
            storage::save_items(connection, key.first, key.second, set->items);
        }
        for (const auto& [server, introduction] : introductions_) {
            storage::save_introduction(connection, server, *introduction);
        }
        for (const auto& [server, status] : states_) {
            storage::save_status(connection, status);
        }
        storage::insert_server_log(connection, lines);
    });
}

} // namespace orch::actors
