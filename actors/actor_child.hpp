#pragma once

#include "actors/bridge/pinned_actor.hpp"
#include "actors/output_gate.hpp"
#include "net/child_process.hpp"

#include <cstdint>
#include <memory>

namespace orch::actors {

/// The child process of an actor, over all of its lives. What happens to it reaches the actor as
/// messages (`child_line`, `child_line_dropped`, `child_flooded`, `child_stderr`,
/// `server_exited`), each with the number of the life that it belongs to. Member of its actor,
/// which resets it in `on_exit`: the callbacks of a living child keep the actor alive.
class actor_child {
public:
    enum class stdout_use { lines, ignored };
    /// How much of the child's output the actor wants to hear.
    struct hearing {
        stdout_use from_stdout = stdout_use::lines;
        output_gate::limits limits = {};
    };

    actor_child(bridge::pinned_actor& owner, const hearing& wanted);

    /// A new life; any earlier one has to be over.
    [[nodiscard]] result<void> start(const net::launch_spec& spec,
                                     const net::child_options& options);
    /// Kills what still lives, and nothing more is heard of it.
    void reset() noexcept { process_.reset(); }

    /// Whether a message with this number is from the present life.
    [[nodiscard]] bool is_life(std::uint64_t generation) const noexcept {
        return process_ != nullptr && generation == generation_;
    }
    [[nodiscard]] explicit operator bool() const noexcept { return process_ != nullptr; }
    [[nodiscard]] net::child_process* operator->() const noexcept { return process_.get(); }
    /// False when it does not live or does not read.
    [[nodiscard]] bool write_line(std::string line);
    /// The launcher's; 0 while nothing lives.
    [[nodiscard]] int pid() const noexcept { return process_ ? process_->pid() : 0; }
    /// What stands between the latest life and the actor's mailbox.
    [[nodiscard]] output_gate& gate() noexcept { return *gate_; }

private:
    [[nodiscard]] net::child_process::callbacks wire() const;

    bridge::pinned_actor& owner_;
    const hearing hearing_;
    std::uint64_t generation_ = 0;
    std::unique_ptr<net::child_process> process_;
    /// Shared with the callbacks.
    std::shared_ptr<output_gate> gate_;
};

} // namespace orch::actors
