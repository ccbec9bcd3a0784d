#pragma once

#include "actors/item_set.hpp"
#include "core/model/registry.hpp"
#include "net/child_process.hpp"

#include <caf/actor_addr.hpp>
#include <caf/allowed_unsafe_message_type.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

// Messages of server processes.

namespace orch::actors {

/// A line of the child's stdout, or a message of a remote server. Child → server.
struct child_line {
    std::uint64_t generation = 0;
    std::string line;
    /// The request on whose answering stream a remote server sent it; 0 when that is not known.
    std::uint64_t stream_of = 0;
};

/// A stdout line beyond the limit was thrown away. Child → server.
struct child_line_dropped {
    std::uint64_t generation = 0;
    std::size_t bytes = 0;
};

/// A remote server will not answer the request with that number. Child → server.
struct child_request_lost {
    std::uint64_t generation = 0;
    std::uint64_t number = 0;
    std::string why;
};

/// A remote server had forgotten the session; `line` is its answer to `initialize` in the one that
/// took its place. Child → server.
struct child_session_renewed {
    std::uint64_t generation = 0;
    std::string line;
};

/// The child writes faster than its lines are handled. Child → server.
struct child_flooded {
    std::uint64_t generation = 0;
};

/// The child closed a pipe without which it is of no use, and may still run. Child → server.
struct child_pipe_lost {
    std::uint64_t generation = 0;
    net::child_pipe which = net::child_pipe::out;
};

/// A line of the child's stderr, or what went wrong with a remote server. Child → server.
struct child_stderr {
    std::uint64_t generation = 0;
    std::string line;
};

/// The child ended. Child → server.
struct server_exited {
    std::uint64_t generation = 0;
    net::exit_status status;
    /// Why the link to a remote server is over; empty for a process.
    std::string cause = {};
};

/// Look at your deadlines.
struct tick {};

/// The definition of the server was changed: use it from the next start on.
struct change_server {
    model::server_entry entry;
};

/// How far a check goes.
enum class check_kind : std::uint8_t {
    asked,  ///< Somebody wants to know: every server starts, whatever was before.
    routine ///< One that was stopped when idle and whose tools are known sleeps on, and pauses
            ///< after crashes are kept.
};

/// Check the server now and answer with a `status_report`.
struct refresh_status {
    check_kind kind = check_kind::asked;
};

/// End the process, start another, and answer with a `status_report` of that one.
struct restart_server {};

/// The outcome of one refresh.
struct status_report {
    model::server_status status;
    item_set_ptr tools;
};

/// Check all servers of a project in parallel; answered by `status_reports`. `on_report` is called
/// for each server as it comes, on the unit of the actor that is asked; may be null.
struct refresh_project {
    project_id project;
    std::function<void(const status_report&)> on_report = {};
};
struct status_reports {
    std::vector<status_report> reports;
};

/// Check all enabled servers of all projects, `at_once` of them at a time; those whose turn does
/// not come within `limit` are left out. Answered by `reply<refresh_summary>`: `busy` while another
/// such check is under way.
struct refresh_all {
    std::size_t at_once = 1;
    check_kind kind = check_kind::asked;
    std::chrono::milliseconds limit;
};

/// How a process is that serves some of a server's clients. Process → the server's own actor.
struct process_changed {
    std::string key;
    caf::actor_addr process;
    /// A child lives.
    bool lives = false;
    /// It was stopped when idle, and nobody waits for it.
    bool asleep = false;
    /// Requests and lists that reached the process so far.
    std::uint64_t heard = 0;
};

/// The probed server asked its client for something, or lists other things for one that can be
/// asked. Process → the server's own actor.
struct need_of_client_found {
    /// What it did, for people.
    std::string what;
};

/// End your process; answered by `stopped` when no descendant is left.
struct stop_server {};
struct stopped {};

} // namespace orch::actors

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::child_line)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::child_line_dropped)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::child_request_lost)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::child_session_renewed)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::child_flooded)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::child_pipe_lost)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::child_stderr)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::server_exited)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::tick)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::change_server)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::refresh_status)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::restart_server)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::status_report)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::refresh_project)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::status_reports)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::refresh_all)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::process_changed)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::need_of_client_found)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::stop_server)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::stopped)
