#include "actors/bridge/post_box.hpp"

#include <caf/actor_cast.hpp>
#include <caf/detail/sync_request_bouncer.hpp>
#include <caf/mailbox_element.hpp>
#include <caf/make_actor.hpp>
#include <caf/monitorable_actor.hpp>
#include <caf/sec.hpp>

#include <mutex>
#include <utility>

namespace orch::actors::bridge {

/// No actor of its own: it runs in the thread of whoever sends.
class post_box::counter final : public caf::monitorable_actor {
public:
    explicit counter(caf::actor_config& config) : monitorable_actor(config) {}

    void enqueue(caf::mailbox_element_ptr letter, caf::execution_unit* unit) override {
        if (const auto target = present()) {
            target->enqueue(std::move(letter), unit);
        } else {
            const caf::detail::sync_request_bouncer bounce{caf::sec::request_receiver_down};
            bounce(*letter);
        }
    }

    /// The former target goes outside of the lock: it may be its last handle.
    void exchange(caf::strong_actor_ptr& target) {
        const std::lock_guard lock(mutex_);
        target_.swap(target);
    }

private:
    caf::strong_actor_ptr present() {
        const std::lock_guard lock(mutex_);
        return target_;
    }

    std::mutex mutex_;
    caf::strong_actor_ptr target_;
};

post_box::post_box(caf::actor_system& system) {
    caf::actor_config config;
    address_ = caf::make_actor<counter, caf::actor>(system.next_actor_id(), system.node(), &system,
                                                    config);
}

void post_box::deliver_to(const caf::actor& target) const {
    auto letter_taker = caf::actor_cast<caf::strong_actor_ptr>(target);
    static_cast<counter*>(caf::actor_cast<caf::abstract_actor*>(address_))->exchange(letter_taker);
}

} // namespace orch::actors::bridge
