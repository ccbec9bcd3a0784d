#pragma once

#include "actors/tool_set.hpp"
#include "core/model/registry.hpp"
#include "net/child_process.hpp"

#include <caf/allowed_unsafe_message_type.hpp>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

// Messages of server processes.

namespace orch::actors {

/// A line of the child's stdout. Child → server.
struct child_line {
    std::uint64_t generation = 0;
    std::string line;
};

/// A stdout line beyond the limit was thrown away. Child → server.
struct child_line_dropped {
    std::uint64_t generation = 0;
    std::size_t bytes = 0;
};

/// The child writes faster than its lines are handled. Child → server.
struct child_flooded {
    std::uint64_t generation = 0;
};

/// A line of the child's stderr. Child → server.
struct child_stderr {
    std::uint64_t generation = 0;
    std::string line;
};

/// The child ended. Child → server.
struct server_exited {
    std::uint64_t generation = 0;
    net::exit_status status;
};

/// Look at your deadlines.
struct tick {};

/// The definition of the server was changed: use it from the next start on.
struct change_server {
    model::server_entry entry;
};

/// Check the server now and answer with a `status_report`.
struct refresh_status {};

/// End the process, start another, and answer with a `status_report` of that one.
struct restart_server {};

/// The outcome of one refresh.
struct status_report {
    model::server_status status;
    tool_set_ptr tools;
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

/// End your process; answered by `stopped` when no descendant is left.
struct stop_server {};
struct stopped {};

} // namespace orch::actors

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::child_line)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::child_line_dropped)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::child_flooded)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::child_stderr)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::server_exited)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::tick)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::change_server)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::refresh_status)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::restart_server)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::status_report)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::refresh_project)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::status_reports)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::stop_server)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::stopped)
