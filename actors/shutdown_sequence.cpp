#include "actors/shutdown_sequence.hpp"

#include "actors/bridge/coordinator.hpp"
#include "actors/messages.hpp"

#include <caf/send.hpp>

#include <memory>
#include <utility>

namespace orch::actors {

namespace {

constexpr std::chrono::seconds servers_timeout{20};
constexpr std::chrono::seconds end_timeout{5};
constexpr std::chrono::seconds writers_timeout{20};
constexpr std::chrono::seconds postgres_timeout{60};

/// Answers when its unit has done what others gave it before.
class unit_passage final : public bridge::pinned_actor {
public:
    using pinned_actor::pinned_actor;

    caf::behavior make_behavior() override {
        return caf::behavior{[this](flush_log) {
            quit();
            return flushed{};
        }};
    }
};

} // namespace

void shutdown_sequence::run(shutdown_order order, std::function<void()> done) {
    order_ = std::move(order);
    done_ = std::move(done);
    end_sessions();
}

void shutdown_sequence::end_sessions() {
    for (const auto& session : order_.sessions) {
        caf::anon_send(session, close_session{});
    }
    end_servers();
}

void shutdown_sequence::end_servers() {
    ask_all<stopped>(order_.servers, stop_server{}, servers_timeout, [this] { see_them_off(); });
}

void shutdown_sequence::see_them_off() {
    auto leaving = std::exchange(order_.sessions, {});
    leaving.insert(leaving.end(), order_.servers.begin(), order_.servers.end());
    let_go(order_.servers);
    // Those that have ended, or end before they get it, answer with an error: that is awaited.
    ask_all<stopped>(leaving, stop_server{}, end_timeout, [this] { pass_units(); });
}

void shutdown_sequence::pass_units() {
    // A session for one call is on no list: it hears of its server's end here, if not before.
    auto& units = bridge::coordinator::of(owner_.system());
    std::vector<caf::actor> passages;
    for (std::size_t index = 0; index < units.unit_count(); ++index) {
        passages.push_back(owner_.system().spawn<unit_passage>(std::ref(units.unit(index))));
    }
    ask_all<flushed>(passages, flush_log{}, end_timeout, [this] { end_writers(); });
}

void shutdown_sequence::end_writers() {
    ask_all<flushed>(order_.writers, flush_log{}, writers_timeout, [this] {
        let_go(order_.writers);
        let_go(order_.others);
        end_postgres();
    });
}

void shutdown_sequence::end_postgres() {
    std::vector<caf::actor> last{std::exchange(order_.postgres, nullptr)};
    ask_all<stopped>(last, stop_server{}, postgres_timeout, [this, last]() mutable {
        let_go(last);
        done_();
    });
}

template <class Reply, class Message>
void shutdown_sequence::ask_all(const std::vector<caf::actor>& actors, const Message& message,
                                std::chrono::seconds timeout, std::function<void()> next) {
    std::vector<caf::actor> present;
    std::copy_if(actors.begin(), actors.end(), std::back_inserter(present),
                 [](const caf::actor& actor) { return static_cast<bool>(actor); });
    if (present.empty()) {
        next();
        return;
    }
    const auto missing = std::make_shared<std::size_t>(present.size());
    const auto arrived = [missing, next = std::move(next)] {
        if (--*missing == 0) {
            next();
        }
    };
    for (const auto& actor : present) {
        owner_.request(actor, timeout, message)
            .then([arrived](Reply) { arrived(); }, [arrived](const caf::error&) { arrived(); });
    }
}

void shutdown_sequence::let_go(std::vector<caf::actor>& actors) {
    for (const auto& actor : actors) {
        if (actor) {
            owner_.send_exit(actor, caf::exit_reason::user_shutdown);
        }
    }
    actors.clear();
}

} // namespace orch::actors
