#include "actors/row_tail.hpp"

#include "actors/bridge/pinned_actor.hpp"
#include "core/byte_sizes.hpp"
#include "core/log.hpp"

#include <caf/send.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

namespace orch::actors {

namespace {

/// A step that looks at so few rows and takes too long is none that a shorter one would help.
constexpr int rows_min = 100;
/// With so much on its way a watcher is behind.
constexpr std::size_t bytes_under_way_max = 1 * mib;
constexpr std::chrono::milliseconds retry_pause{1'000};

} // namespace

template <class Row>
row_tail<Row>::row_tail(caf::actor_config& config, const storage::database_options& database,
                        std::shared_ptr<tail_gate> gate)
    : event_based_actor(config), session_(database), gate_(std::move(gate)) {
    bridge::install_default_handlers(*this, "tail");
}

template <class Row>
caf::behavior row_tail<Row>::make_behavior() {
    note_size();
    gate_->heard();
    return caf::behavior{
        [this](const watch_rows<Row>& wanted) { on_watch(wanted); },
        [this](const rows_stored<Row>& stored) { on_stored(stored); },
        [this](watcher_drained drained) { on_drained(drained); },
        [this](watcher_left left) { on_left(left.watcher); },
        [this](walk_on walk) { on_walk(walk.watcher); },
        [this](review_watchers) { review(); },
        [this](catch_up_again) {
            retry_armed_ = false;
            catch_up_all();
        },
    };
}

template <class Row>
void row_tail<Row>::on_exit() {
    for (auto& one : watches_) {
        one.watcher->stream().break_off();
    }
    watches_.clear();
    note_size();
}

template <class Row>
void row_tail<Row>::on_watch(const watch_rows<Row>& wanted) {
    auto& one = watches_.emplace_back();
    one.number = ++numbers_;
    one.watcher = wanted.watcher;
    one.last = wanted.since;
    // Before the database is asked: what is stored after that comes from the writer.
    note_size();
    one.watcher->stream().on_end(
        [self = caf::actor_cast<caf::actor>(this), number = one.number](net::stream_end) {
            caf::anon_send(self, watcher_left{number});
        });
    catch_up(one);
}

template <class Row>
void row_tail<Row>::on_stored(const rows_stored<Row>& stored) {
    review();
    if (!stored.rows) {
        gate_->heard();
        for (auto& one : watches_) {
            one.is_behind = true;
        }
        catch_up_all();
        return;
    }
    std::vector<std::array<net::frame, 2>> frames(stored.rows->size());
    for (auto& one : watches_) {
        const std::size_t form = one.watcher->sees_names() ? 1 : 0;
        for (std::size_t i = 0; i < frames.size() && !one.is_behind; ++i) {
            const auto& row = (*stored.rows)[i];
            if (row.id > *one.last && one.watcher->wants(row)) {
                one.is_behind = !show(one, row, frames[i][form]);
            }
        }
    }
}

template <class Row>
void row_tail<Row>::on_drained(watcher_drained drained) {
    const auto one = find(drained.watcher);
    if (one == watches_.end()) {
        return;
    }
    one->awaits_drain = false;
    one->bytes_read = drained.bytes;
    if (one->bytes_under_way() > 0) {
        await_drain(*one);
    } else if (one->is_behind) {
        catch_up(*one);
    }
}

template <class Row>
void row_tail<Row>::on_left(std::uint64_t number) {
    if (const auto one = find(number); one != watches_.end()) {
        watches_.erase(one);
        note_size();
    }
}

template <class Row>
void row_tail<Row>::review() {
    std::erase_if(watches_, [](const watch& one) {
        const bool may_stay = one.watcher->may_stay();
        if (!may_stay) {
            one.watcher->dismiss();
        }
        return !may_stay;
    });
    note_size();
}

template <class Row>
void row_tail<Row>::catch_up_all() {
    for (auto& one : watches_) {
        if (one.is_behind && !one.awaits_drain && !one.walks) {
            catch_up(one);
        }
    }
}

template <class Row>
void row_tail<Row>::on_walk(std::uint64_t number) {
    const auto one = find(number);
    if (one == watches_.end()) {
        return;
    }
    one->walks = false;
    if (one->is_behind && !one->awaits_drain) {
        catch_up(*one);
    }
}

template <class Row>
void row_tail<Row>::walk_later(watch& one) {
    one.walks = true;
    caf::anon_send(caf::actor_cast<caf::actor>(this), walk_on{one.number});
}

template <class Row>
void row_tail<Row>::catch_up(watch& one) {
    if (!one.watcher->may_stay()) {
        one.watcher->dismiss();
        return;
    }
    if (!gate_->is_open()) {
        retry_later();
        return;
    }
    storage::walk_step<Row> step;
    const auto ran = session_.run([&](pqxx::connection& connection) {
        if (one.last) {
            step = one.watcher->rows_after(connection, *one.last, one.stride);
        } else {
            one.last = one.watcher->newest_row(connection);
        }
    });
    if (!ran) {
        on_unread(one, ran.error());
        return;
    }
    database_away_ = false;
    greet(one);
    one.is_behind = step.next.has_value();
    for (const auto& row : step.rows) {
        net::frame frame;
        if (!show(one, row, frame)) {
            one.is_behind = true;
            return;
        }
    }
    one.last = step.next ? step.next : one.last;
    if (one.is_behind && !one.awaits_drain) {
        walk_later(one);
    }
}

template <class Row>
void row_tail<Row>::on_unread(watch& one, const error& why) {
    if (why.code == errc::timeout && one.stride.rows_max > rows_min) {
        one.stride.rows_max /= 2;
        walk_later(one);
        return;
    }
    if (why.code == errc::timeout) {
        log::warning("tail", "a watcher is let go, not even few rows can be read: {}", why.detail);
        one.watcher->stream().break_off();
        return;
    }
    if (!std::exchange(database_away_, true)) {
        log::warning("tail", "those who watch wait for the database: {}", why.detail);
    }
    retry_later();
}

template <class Row>
void row_tail<Row>::greet(watch& one) {
    if (!one.is_greeted) {
        one.is_greeted = true;
        feed(one, one.watcher->greeting(*one.last));
    }
}

template <class Row>
bool row_tail<Row>::show(watch& one, const Row& row, net::frame& frame) {
    if (one.bytes_under_way() > bytes_under_way_max) {
        return false;
    }
    if (!frame) {
        frame = one.watcher->encode(row);
    }
    one.last = row.id;
    feed(one, frame);
    return true;
}

template <class Row>
void row_tail<Row>::feed(watch& one, const net::frame& frame) {
    // Before it can be read, so that a drain counts no less than what is gone.
    *one.bytes_sent += frame->size();
    one.watcher->stream().send(frame);
    if (!one.awaits_drain) {
        await_drain(one);
    }
}

template <class Row>
void row_tail<Row>::await_drain(watch& one) {
    one.awaits_drain = true;
    one.watcher->stream().on_drained(
        [self = caf::actor_cast<caf::actor>(this), number = one.number, sent = one.bytes_sent] {
            caf::anon_send(self, watcher_drained{number, sent->load()});
        });
}

template <class Row>
typename row_tail<Row>::watch_list::iterator row_tail<Row>::find(std::uint64_t number) {
    return std::find_if(watches_.begin(), watches_.end(),
                        [number](const watch& one) { return one.number == number; });
}

template <class Row>
void row_tail<Row>::retry_later() {
    if (!retry_armed_) {
        retry_armed_ = true;
        this->delayed_send(this, retry_pause, catch_up_again{});
    }
}

template <class Row>
void row_tail<Row>::note_size() {
    gate_->set_watched(!watches_.empty());
}

template class row_tail<model::call_record>;
template class row_tail<model::server_log_entry>;

} // namespace orch::actors
