#include "actors/actor_child.hpp"

#include "actors/server_messages.hpp"
#include "core/json_writer.hpp"
#include "mcp/param_token.hpp"

#include <caf/send.hpp>

#include <utility>

namespace orch::actors {

namespace {

class process_link final : public server_link {
public:
    explicit process_link(std::unique_ptr<net::child_process> process)
        : process_(std::move(process)) {}

    bool write_line(std::string line) override { return process_->write_line(std::move(line)); }
    void close() override { process_->close_stdin(); }
    void terminate() override { process_->terminate(); }
    void kill() override { process_->kill(); }
    int pid() const noexcept override { return process_->pid(); }

private:
    std::unique_ptr<net::child_process> process_;
};

/// A line on its way to the actor, unless too much waits there already.
void pass_on(const caf::actor& to, output_gate& gate, child_line&& line) {
    // Legal between the tokens of JSON, but the end of a line where it goes.
    if (line.line.find('\r') != std::string::npos) {
        blank_line_breaks(line.line);
    }
    if (gate.enter(line.line.size())) {
        caf::anon_send(to, std::move(line));
    } else if (gate.trip()) {
        caf::anon_send(to, child_flooded{line.generation});
    }
}

} // namespace

actor_child::actor_child(bridge::pinned_actor& owner, const hearing& wanted)
    : owner_(owner), hearing_(wanted),
      gate_(std::make_shared<output_gate>(owner.home().clock(), wanted.limits)) {}

result<void> actor_child::start(const server_launch& launch, const net::child_options& options) {
    ++generation_;
    gate_ = std::make_shared<output_gate>(owner_.home().clock(), hearing_.limits);
    if (const auto* const process = std::get_if<net::launch_spec>(&launch)) {
        return start_process(*process, options);
    }
    link_ = std::make_unique<remote_link>(owner_.home().context(), std::get<remote_spec>(launch),
                                          wire_remote());
    return {};
}

result<void> actor_child::start_process(const net::launch_spec& spec,
                                        const net::child_options& options) {
    auto spawned = net::child_process::spawn(owner_.home().context(), spec, options,
                                             wire_process());
    if (!spawned) {
        return spawned.error();
    }
    link_ = std::make_unique<process_link>(std::move(*spawned));
    return {};
}

net::child_process::callbacks actor_child::wire_process() const {
    const auto self = caf::actor_cast<caf::actor>(&owner_);
    const auto life = generation_;
    net::child_process::callbacks callbacks;
    callbacks.on_line = [](std::string&&) {
    };
    callbacks.on_oversized_line = [](std::size_t) {
    };
    if (hearing_.from_stdout == stdout_use::lines) {
        callbacks.on_line = [self, life, gate = gate_](std::string&& line) {
            pass_on(self, *gate, {life, std::move(line)});
        };
        callbacks.on_oversized_line = [self, life](std::size_t bytes) {
            caf::anon_send(self, child_line_dropped{life, bytes});
        };
        callbacks.on_pipe_lost = [self, life](net::child_pipe which) {
            caf::anon_send(self, child_pipe_lost{life, which});
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
    callbacks.at_turn_end = [&home = owner_.home()](std::function<void()> task) {
        home.at_turn_end(std::move(task));
    };
    return callbacks;
}

remote_link::callbacks actor_child::wire_remote() const {
    const auto self = caf::actor_cast<caf::actor>(&owner_);
    const auto life = generation_;
    remote_link::callbacks callbacks;
    callbacks.on_line = [self, life, gate = gate_](std::string&& line, std::string_view request) {
        pass_on(self, *gate, {life, std::move(line), mcp::own_number(request).value_or(0)});
    };
    callbacks.on_lost = [self, life](std::string_view request, std::string&& why) {
        caf::anon_send(
            self, child_request_lost{life, mcp::own_number(request).value_or(0), std::move(why)});
    };
    callbacks.on_renewed = [self, life](std::string&& line) {
        caf::anon_send(self, child_session_renewed{life, std::move(line)});
    };
    callbacks.on_note = [self, life, gate = gate_](std::string&& text) {
        if (gate->admit_note()) {
            caf::anon_send(self, child_stderr{life, std::move(text)});
        }
    };
    callbacks.on_end = [self, life](std::string&& why) {
        caf::anon_send(self, server_exited{life, {}, std::move(why)});
    };
    return callbacks;
}

void actor_child::take_over(actor_child& from) {
    generation_ = from.generation_;
    gate_ = from.gate_;
    link_ = std::move(from.link_);
}

bool actor_child::write_line(std::string line) {
    return link_ && link_->write_line(std::move(line));
}

} // namespace orch::actors
