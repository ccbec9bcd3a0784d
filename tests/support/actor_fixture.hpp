#pragma once

#include "actors/bridge/coordinator.hpp"
#include "actors/bridge/pinned_actor.hpp"
#include "actors/messages.hpp"
#include "core/clock.hpp"

#include <caf/actor_system.hpp>
#include <caf/send.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <tuple>
#include <utility>
#include <vector>

namespace orch::test {

/// What a probe got, by type of message, in order.
class inbox {
public:
    template <class... Ts>
    using lists = std::tuple<std::vector<Ts>...>;
    using content =
        lists<actors::forward_request, actors::cancel_request, actors::list_items,
              actors::request_answered, actors::request_failed, actors::request_progressed,
              actors::items_listed, actors::items_changed, actors::server_logged,
              actors::status_changed, actors::items_discovered, actors::server_introduced,
              actors::server_notified, actors::ask_client, actors::withdraw_question,
              actors::want_logs, actors::session_left, actors::client_replied,
              actors::question_failed, actors::session_opened, actors::session_identified,
              actors::session_closed, actors::calls_finished, actors::close_session,
              actors::status_report, actors::stopped, actors::metrics_text, actors::spool_flushed,
              actors::records_wait>;

    template <class T>
    [[nodiscard]] std::vector<T>& of() {
        return std::get<std::vector<T>>(content_);
    }

private:
    content content_;
};

/// Actors on units that the test drives by hand, with a clock that the test moves. Whatever was
/// spawned through the fixture ends with it.
class actor_fixture {
public:
    explicit actor_fixture(std::size_t units = 1);
    ~actor_fixture();
    actor_fixture(const actor_fixture&) = delete;
    actor_fixture& operator=(const actor_fixture&) = delete;

    [[nodiscard]] actors::bridge::io_unit& unit(std::size_t index = 0);
    /// Runs everything that is ready, and what follows from it.
    void settle();
    /// Runs until `done`; for what other processes do. False when that takes too long.
    [[nodiscard]] bool run_until(const std::function<bool()>& done);

    template <class Actor, class... Args>
    caf::actor spawn(Args&&... args) {
        auto made = system.spawn<Actor>(std::forward<Args>(args)...);
        adopt(made);
        return made;
    }
    /// Ends `actor` with the fixture.
    void adopt(const caf::actor& actor) { adopted_.push_back(actor); }
    /// An actor that keeps what it gets.
    [[nodiscard]] caf::actor probe(inbox& into, std::size_t unit_index = 0);

    template <class Message>
    void tell(const caf::actor& target, Message message) {
        caf::anon_send(target, std::move(message));
    }
    /// Sends `message` so that the answer goes to the probe behind `into`.
    template <class Message>
    void ask(const caf::actor& asker, const caf::actor& target, Message message) {
        caf::send_as(asker, target, std::move(message));
    }

    /// Ends all actors; for destructors of fixtures whose members actors refer to.
    void end_actors();

    /// Declared first: units and actors refer to it.
    manual_clock clock;
    actors::bridge::system_config config;
    caf::actor_system system;

private:
    std::size_t poll();

    std::vector<caf::actor> adopted_;
};

} // namespace orch::test
