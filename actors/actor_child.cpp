#include "actors/actor_child.hpp"

#include "actors/server_messages.hpp"

#include <caf/send.hpp>

#include <utility>

namespace orch::actors {

actor_child::actor_child(bridge::pinned_actor& owner, const hearing& wanted)
    : owner_(owner), hearing_(wanted),
      gate_(std::make_shared<output_gate>(owner.home().clock(), wanted.limits)) {}

result<void> actor_child::start(const net::launch_spec& spec, const net::child_options& options) {
    ++generation_;
    gate_ = std::make_shared<output_gate>(owner_.home().clock(), hearing_.limits);
    auto spawned = net::child_process::spawn(owner_.home().context(), spec, options, wire());
    if (!spawned) {
        return spawned.error();
    }
    process_ = std::move(*spawned);
    return {};
}

net::child_process::callbacks actor_child::wire() const {
    const auto self = caf::actor_cast<caf::actor>(&owner_);
    const auto life = generation_;
    net::child_process::callbacks callbacks;
    callbacks.on_line = [](std::string&&) {
    };
    callbacks.on_oversized_line = [](std::size_t) {
    };
    if (hearing_.from_stdout == stdout_use::lines) {
        callbacks.on_line = [self, life, gate = gate_](std::string&& line) {
            if (gate->enter(line.size())) {
                caf::anon_send(self, child_line{life, std::move(line)});
            } else if (gate->trip()) {
                caf::anon_send(self, child_flooded{life});
            }
        };
        callbacks.on_oversized_line = [self, life](std::size_t bytes) {
            caf::anon_send(self, child_line_dropped{life, bytes});
        };
    }
    callbacks.on_stderr_line = [self, life, gate = gate_](std::string&& line) {
        if (gate->admit_note()) {
            caf::anon_send(self, child_stderr{life, std::move(line)});
        }
    };
    callbacks.on_exit = [self, life](net::exit_status status) {
        caf::anon_send(self, server_exited{life, status});
    };
    return callbacks;
}

bool actor_child::write_line(std::string line) {
    return process_ && process_->write_line(std::move(line));
}

} // namespace orch::actors
