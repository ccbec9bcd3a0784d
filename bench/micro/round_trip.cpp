#include "bench/micro/round_trip.hpp"

#include "actors/bridge/coordinator.hpp"
#include "actors/bridge/pinned_actor.hpp"
#include "actors/messages.hpp"
#include "bench/micro/samples.hpp"

#include <caf/send.hpp>

namespace orch::bench {

namespace {

using actors::bridge::io_unit;
using actors::bridge::pinned_actor;

class answerer final : public pinned_actor {
public:
    using pinned_actor::pinned_actor;

    caf::behavior make_behavior() override {
        return caf::behavior{[](actors::forward_request& asked) {
            caf::anon_send(asked.session,
                           actors::request_answered{asked.number, std::move(asked.body), {}, {}});
        }};
    }
};

class asker final : public pinned_actor {
public:
    asker(caf::actor_config& config, io_unit& home, std::string& body)
        : pinned_actor(config, home), body_(body) {}

    caf::behavior make_behavior() override {
        return caf::behavior{[this](actors::request_answered& answer) {
            body_ = std::move(answer.line);
        }};
    }

private:
    std::string& body_;
};

} // namespace

struct round_trip::impl {
    system_clock_source clock;
    actors::bridge::system_config config{1, actors::bridge::unit_threads::caller, clock};
    caf::actor_system system{config};
    io_unit& unit = actors::bridge::coordinator::of(system).unit(0);
    /// Comes back with every answer, so that no trip pays for a copy of it.
    std::string body;
    caf::actor second = system.spawn<answerer>(std::ref(unit));
    caf::actor first = system.spawn<asker>(std::ref(unit), std::ref(body));

    void settle() {
        while (unit.poll() > 0) {
        }
    }
};

round_trip::round_trip(std::size_t body_bytes) : impl_(std::make_unique<impl>()) {
    impl_->body = sample_call(body_bytes);
    impl_->settle();
}

round_trip::~round_trip() {
    for (const auto& actor : {impl_->first, impl_->second}) {
        caf::anon_send_exit(actor, caf::exit_reason::user_shutdown);
    }
    impl_->settle();
    impl_->first = nullptr;
    impl_->second = nullptr;
}

std::size_t round_trip::run() {
    actors::forward_request asked;
    asked.session = impl_->first;
    asked.body = std::move(impl_->body);
    impl_->body.clear();
    caf::anon_send(impl_->second, std::move(asked));
    impl_->settle();
    return impl_->body.size();
}

} // namespace orch::bench
