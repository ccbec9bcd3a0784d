#include "tests/support/actor_fixture.hpp"

#include <csignal>
#include <cstdio>
#include <cstdlib>

namespace orch::test {

namespace {

/// Only a test that fails waits this long.
constexpr std::chrono::seconds hang_guard{15};

class probe_actor final : public actors::bridge::pinned_actor {
public:
    probe_actor(caf::actor_config& config, actors::bridge::io_unit& home, inbox& into)
        : pinned_actor(config, home), inbox_(into) {}

    caf::behavior make_behavior() override {
        return keep_all(static_cast<inbox::content*>(nullptr));
    }

private:
    template <class... Lists>
    caf::behavior keep_all(std::tuple<Lists...>* /*kinds*/) {
        return caf::behavior{[this](const typename Lists::value_type& message) {
            inbox_.of<typename Lists::value_type>().push_back(message);
        }...};
    }

    inbox& inbox_;
};

} // namespace

actor_fixture::actor_fixture(std::size_t units)
    : config(units, actors::bridge::unit_threads::caller, clock), system(config) {
    std::signal(SIGPIPE, SIG_IGN);
}

actor_fixture::~actor_fixture() { end_actors(); }

void actor_fixture::end_actors() {
    for (const auto& actor : adopted_) {
        caf::anon_send_exit(actor, caf::exit_reason::user_shutdown);
    }
    adopted_.clear();
    if (!run_until([this] { return system.registry().running() == 0; })) {
        std::fputs("actor fixture: some actors never end\n", stderr);
        std::abort();
    }
    settle();
}

actors::bridge::io_unit& actor_fixture::unit(std::size_t index) {
    return actors::bridge::coordinator::of(system).unit(index);
}

std::size_t actor_fixture::poll() {
    std::size_t handled = 0;
    for (std::size_t i = 0; i < actors::bridge::coordinator::of(system).unit_count(); ++i) {
        handled += unit(i).poll();
    }
    return handled;
}

void actor_fixture::settle() {
    while (poll() > 0) {
    }
}

bool actor_fixture::run_until(const std::function<bool()>& done) {
    const auto guard = std::chrono::steady_clock::now() + hang_guard;
    while (true) {
        settle();
        if (done()) {
            return true;
        }
        if (std::chrono::steady_clock::now() >= guard) {
            return false;
        }
        unit().poll_one(std::chrono::milliseconds(5));
    }
}

caf::actor actor_fixture::probe(inbox& into, std::size_t unit_index) {
    return spawn<probe_actor>(std::ref(unit(unit_index)), std::ref(into));
}

} // namespace orch::test
