#pragma once

#include "actors/bridge/pinned_actor.hpp"
#include "actors/output_gate.hpp"
#include "actors/remote_link.hpp"
#include "actors/server_link.hpp"
#include "net/child_process.hpp"

#include <cstdint>
#include <memory>
#include <variant>

namespace orch::actors {

/// What one life of a server takes.
using server_launch = std::variant<net::launch_spec, remote_spec>;

/// The child process of an actor or its link to a remote server, over all of its lives. What
/// happens to it reaches the actor as messages (`child_line`, `child_line_dropped`,
/// `child_request_lost`, `child_session_renewed`, `child_flooded`,
/// `child_pipe_lost`, `child_stderr`, `server_exited`), each with the number of the life that it
/// belongs to. Member of its actor, which resets it in `on_exit`: the callbacks of a living child
/// keep the actor alive.
class actor_child {
public:
    enum class stdout_use { lines, ignored };
    /// How much of the child's output the actor wants to hear.
    struct hearing {
        stdout_use from_stdout = stdout_use::lines;
        output_gate::limits limits = {};
    };

    actor_child(bridge::pinned_actor& owner, const hearing& wanted);

    /// A new life; any earlier one has to be over. `options` are for a process.
    [[nodiscard]] result<void> start(const server_launch& launch,
                                     const net::child_options& options);
    /// Takes the life of another one of the same actor, which may begin the next life then.
    void take_over(actor_child& from);
    /// Kills what still lives, and nothing more is heard of it.
    void reset() noexcept { link_.reset(); }

    /// Whether a message with this number is from the present life.
    [[nodiscard]] bool is_life(std::uint64_t generation) const noexcept {
        return link_ != nullptr && generation == generation_;
    }
    [[nodiscard]] explicit operator bool() const noexcept { return link_ != nullptr; }
    [[nodiscard]] server_link* operator->() const noexcept { return link_.get(); }
    /// False when it does not live or does not read.
    [[nodiscard]] bool write_line(std::string line);
    /// The launcher's; 0 while nothing lives, and for a remote server.
    [[nodiscard]] int pid() const noexcept { return link_ ? link_->pid() : 0; }
    /// What stands between the latest life and the actor's mailbox.
    [[nodiscard]] output_gate& gate() noexcept { return *gate_; }

private:
    [[nodiscard]] result<void> start_process(const net::launch_spec& spec,
                                             const net::child_options& options);
    [[nodiscard]] net::child_process::callbacks wire_process() const;
    [[nodiscard]] remote_link::callbacks wire_remote() const;

    bridge::pinned_actor& owner_;
    const hearing hearing_;
    std::uint64_t generation_ = 0;
    std::unique_ptr<server_link> link_;
    /// Shared with the callbacks.
    std::shared_ptr<output_gate> gate_;
};

} // namespace orch::actors
