#pragma once

#include "actors/bridge/pinned_actor.hpp"
#include "actors/messages.hpp"
#include "core/error.hpp"

#include <caf/actor_system.hpp>
#include <caf/error.hpp>
#include <caf/send.hpp>

#include <chrono>
#include <functional>
#include <utility>

namespace orch::actors::bridge {

/// Sends a message from outside of the actors; nobody waits for an answer.
template <class Message>
void tell(const caf::actor& target, Message&& message) {
    caf::anon_send(target, std::forward<Message>(message));
}

/// An actor that lives for one question.
class question final : public pinned_actor {
public:
    question(caf::actor_config& config, io_unit& home, std::function<void(question&)> pose)
        : pinned_actor(config, home), pose_(std::move(pose)) {}

    caf::behavior make_behavior() override {
        pose_(*this);
        pose_ = nullptr;
        return {};
    }

private:
    std::function<void(question&)> pose_;
};

/// Why a question got no answer: `timeout` when none came in time, `unavailable` when the actor is
/// down, `internal` when it answered something else.
[[nodiscard]] error unanswered(const caf::error& why);

/// Asks an actor and calls `done` on `home` with its `Reply`, or with what `unanswered` says.
/// For control-plane commands: every question is a small actor.
template <class Reply, class Message>
void ask(caf::actor_system& system, io_unit& home, const caf::actor& target, Message message,
         std::chrono::milliseconds timeout, std::function<void(result<Reply>)> done) {
    if (!target) {
        done({boost::system::in_place_error,
              error{errc::unavailable, "the orchestrator is not ready"}});
        return;
    }
    system.spawn<question>(std::ref(home), [target, message = std::move(message), timeout,
                                            done = std::move(done)](question& self) {
        self.request(target, timeout, message)
            .then([done](Reply& answer) { done(std::move(answer)); },
                  [done](const caf::error& why) {
                      done({boost::system::in_place_error, unanswered(why)});
                  });
    });
}

/// The same for commands that are answered by `reply<T>`.
template <class T, class Message>
void ask_command(caf::actor_system& system, io_unit& home, const caf::actor& target,
                 Message message, std::chrono::milliseconds timeout,
                 std::function<void(result<T>)> done) {
    ask<reply<T>>(system, home, target, std::move(message), timeout,
                  [done = std::move(done)](result<reply<T>> answer) {
                      done(answer ? std::move(answer->value) : result<T>(answer.error()));
                  });
}

} // namespace orch::actors::bridge
