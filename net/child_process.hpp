#pragma once

#include "core/error.hpp"
#include "net/options.hpp"

#include <boost/asio/io_context.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <sys/types.h>

namespace orch::net {

/// How to ask a child to end.
enum class stop_signal { kill, terminate, interrupt, quit };

/// What happens to the direct child when its launcher alone is killed.
enum class launcher_death { kills_child, spares_child };

/// What to run. Nothing passes through a shell; nothing is inherited but what stands here.
struct launch_spec {
    /// Absolute, or a name that is looked up in the PATH of `environment`; a relative path with a
    /// slash starts at `directory`.
    std::string program;
    std::vector<std::string> arguments;
    /// The child's whole environment.
    std::vector<std::pair<std::string, std::string>> environment;
    /// Empty: the root directory.
    std::string directory;
    /// Absolute path of the launcher binary that supervises the child and its descendants.
    std::string launcher;
    /// Time between the stop signal and SIGKILL when the launcher ends the tree; at most a day.
    std::chrono::milliseconds grace{2'000};
    /// What `terminate()` makes the launcher send; PostgreSQL wants `interrupt` (fast shutdown).
    stop_signal stop_with = stop_signal::terminate;
    /// What the child gets when this process dies. `kill` ends the whole tree at once; with the
    /// others the tree is killed after the grace time, or as soon as the child has ended.
    stop_signal on_orphan = stop_signal::kill;
    /// `spares_child` is for programs that a SIGKILL harms and that notice by themselves.
    launcher_death on_launcher_death = launcher_death::kills_child;
};

/// A pipe of a child that only has use while both ends are open.
enum class child_pipe { in, out };

/// How a child ended.
struct exit_status {
    int code = 0;
    /// 0 when it exited by itself.
    int signal = 0;

    /// "exit code 3" or "signal SIGKILL (9)".
    [[nodiscard]] std::string to_string() const;
};

/// A supervised child with three pipes, run under the launcher. All calls and
/// callbacks happen on the thread of its io context. Exit is seen by pidfd, not by end of file.
/// Destroying the handle while the child lives kills the child and its descendants; no callback
/// follows, and a callback may do it. The process has to ignore SIGPIPE.
class child_process {
public:
    struct callbacks {
        /// A line of stdout without its end ("\n" or "\r\n"); has room for
        /// `simdjson::SIMDJSON_PADDING` more bytes, so that it can be parsed in place. What the
        /// end of the stream cuts off counts as a line.
        std::function<void(std::string&& line)> on_line;
        /// A stdout line beyond the limit was thrown away; called once per line, at its end or
        /// when the child ends, with the bytes seen.
        std::function<void(std::size_t bytes)> on_oversized_line;
        /// Cut at `stderr_line_bytes_max`.
        std::function<void(std::string&& line)> on_stderr_line;
        /// The child closed one of these while it runs, so that nothing more can come of it; at
        /// most once. A child that is about to end loses its pipes just before.
        std::function<void(child_pipe which)> on_pipe_lost;
        /// No event: what runs on the child's thread at the end of the turn in which lines were
        /// queued. Without it that is posted.
        std::function<void(std::function<void()>)> at_turn_end = {};
        /// The last callback, exactly once, after all output that was written before the exit.
        std::function<void(exit_status)> on_exit;
    };

    /// Fails with a sentence that names the program when it cannot be found or started.
    [[nodiscard]] static result<std::unique_ptr<child_process>>
    spawn(boost::asio::io_context& context, const launch_spec& spec, const child_options& options,
          callbacks callbacks);

    virtual ~child_process() = default;

    /// Queues `line` and a line feed; lines queued in one turn leave in one system call. False
    /// when the queue is full or stdin is closed: nothing of it was sent.
    [[nodiscard]] virtual bool write_line(std::string line) = 0;
    /// End of file for the child after what is queued.
    virtual void close_stdin() = 0;
    /// The stop signal to the child's process group; the launcher kills what is left after the
    /// grace time.
    virtual void terminate() = 0;
    /// SIGKILL to the child and every descendant, now.
    virtual void kill() = 0;
    /// The launcher's pid.
    [[nodiscard]] virtual pid_t pid() const noexcept = 0;
    [[nodiscard]] virtual std::size_t queued_bytes() const noexcept = 0;
};

/// Finds `program` in the `PATH` of `environment`, whose relative entries are skipped; absolute
/// and relative paths with a slash are only checked. `not_found` names the places looked at.
[[nodiscard]] result<std::string>
find_program(const std::string& program,
             const std::vector<std::pair<std::string, std::string>>& environment);

} // namespace orch::net
