#pragma once

#include "api/described_json.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

// Bodies about the schedule by which the status of servers is refreshed.

namespace orch::api {

struct scheduler_job_view {
    std::string id;
    std::string name;
    std::string next_run;
    std::string trigger;
};
BOOST_DESCRIBE_STRUCT(scheduler_job_view, (), (id, name, next_run, trigger))

struct scheduler_config_view {
    /// Seconds.
    std::int64_t server_check_interval = 0;
    bool coalesce = true;
    /// Runs at the same time; always 1.
    std::int64_t max_instances = 1;
    /// Servers that are checked at the same time.
    std::int64_t max_workers = 0;
};
BOOST_DESCRIBE_STRUCT(scheduler_config_view, (),
                      (server_check_interval, coalesce, max_instances, max_workers))

struct scheduler_view {
    bool running = false;
    /// Empty while nothing runs by itself.
    std::vector<scheduler_job_view> jobs;
    scheduler_config_view config;
    std::optional<std::string> last_execution;
    std::uint64_t job_history_count = 0;
    /// Whether a run is under way.
    bool checking = false;
    /// Runs that were left out since another was under way.
    std::int64_t skipped_count = 0;
};
BOOST_DESCRIBE_STRUCT(scheduler_view, (),
                      (running, jobs, config, last_execution, job_history_count, checking,
                       skipped_count))

/// What an action says, and how things stand after it.
struct scheduler_action_view : scheduler_view {
    std::string message;
};
BOOST_DESCRIBE_STRUCT(scheduler_action_view, (scheduler_view), (message))

/// What is absent stays.
struct scheduler_config_request {
    std::optional<std::int64_t> server_check_interval;
    std::optional<std::int64_t> max_workers;
    std::optional<bool> coalesce;
    std::optional<std::int64_t> max_instances;
};
BOOST_DESCRIBE_STRUCT(scheduler_config_request, (),
                      (server_check_interval, max_workers, coalesce, max_instances))

struct scheduler_run_view {
    std::string timestamp;
    /// Seconds.
    double duration = 0;
    /// success or error
    std::string status;
    std::int64_t checked_count = 0;
    std::int64_t updated_count = 0;
    std::int64_t tools_synced_count = 0;
    std::int64_t error_count = 0;
    std::optional<std::string> error;
    /// schedule or manual
    std::string trigger;
};
BOOST_DESCRIBE_STRUCT(scheduler_run_view, (),
                      (timestamp, duration, status, checked_count, updated_count,
                       tools_synced_count, error_count, error, trigger))

} // namespace orch::api
