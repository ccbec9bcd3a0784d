#include "actors/bridge/pinned_actor.hpp"

#include "core/log.hpp"

#include <caf/exit_reason.hpp>
#include <caf/mailbox_element.hpp>

namespace orch::actors::bridge {

pinned_actor::pinned_actor(caf::actor_config& config, io_unit& home)
    : event_based_actor(config), home_(home) {
    install_default_handlers(*this, "actor");
}

void pinned_actor::enqueue(caf::mailbox_element_ptr message, caf::execution_unit* /*sender*/) {
    event_based_actor::enqueue(std::move(message), &home_.pin());
}

void pinned_actor::launch(caf::execution_unit* /*unit*/, bool lazy, bool hide) {
    event_based_actor::launch(&home_.pin(), lazy, hide);
}

void install_default_handlers(caf::scheduled_actor& actor, const char* name) {
    actor.set_default_handler(
        [name](caf::scheduled_actor*, caf::message_view& message) -> caf::result<caf::message> {
            log::error("actors", "{} got a message it does not know: {}", name,
                       caf::to_string(message.move_content_to_message()));
            return caf::sec::unexpected_message;
        });
    actor.set_down_handler([](caf::scheduled_actor*, caf::down_msg&) {});
    actor.set_exception_handler(
        [name](caf::scheduled_actor*, std::exception_ptr& failure) -> caf::error {
            try {
                std::rethrow_exception(failure);
            } catch (const std::exception& what) {
                log::error("actors", "{} failed: {}", name, what.what());
            } catch (...) {
                log::error("actors", "{} failed with an unknown exception", name);
            }
            return caf::exit_reason::unhandled_exception;
        });
}

} // namespace orch::actors::bridge
