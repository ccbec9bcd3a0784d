#include "actors/runtime_gauges.hpp"

#include "net/process_usage.hpp"
#include "storage/database.hpp"

#include <caf/actor_registry.hpp>
#include <caf/actor_system.hpp>

namespace orch::actors {

namespace {

void add_log_gauges(exposition& out, const runtime& runtime) {
    const auto& log = *runtime.log_state;
    std::uint64_t turned_away = 0;
    std::uint64_t unrecorded = 0;
    if (runtime.state() != readiness::starting) { // The list of recorders stands from then on.
        for (const auto& recorder : runtime.recorders) {
            turned_away += recorder->turned_away();
            unrecorded += recorder->unrecorded();
        }
    }
    out.family("mcp_orch_call_log_rows_total", "counter", "Call records stored in the database.");
    out.sample("mcp_orch_call_log_rows_total", {}, static_cast<double>(log.stored.load()));
    out.family("mcp_orch_call_log_lost_total", "counter",
               "Calls without a row: not taken by the spool, damaged there, or refused by the"
               " database.");
    out.sample("mcp_orch_call_log_lost_total", {},
               static_cast<double>(unrecorded + log.refused.load() + log.damaged.load()));
    out.family("mcp_orch_calls_turned_away_total", "counter",
               "Calls refused because the call log could not take their record.");
    out.sample("mcp_orch_calls_turned_away_total", {}, static_cast<double>(turned_away));
    out.family("mcp_orch_database_up", "gauge", "1 while the database takes records.");
    out.sample("mcp_orch_database_up", {}, runtime.database_up() ? 1.0 : 0.0);
}

void add_server_gauges(exposition& out, const model::registry& registry,
                       const server_board& board) {
    out.family("mcp_orch_server_up", "gauge", "1 while the process of a server answers.");
    for (const auto& server : registry.servers()) {
        const auto view = board.view(server.definition.id);
        const auto* project = registry.find_project(server.definition.project);
        const bool up = view && view->status.state == model::server_state::online;
        out.sample("mcp_orch_server_up",
                   {{"project", project != nullptr ? project->name : ""},
                    {"server", server.definition.name}},
                   up ? 1.0 : 0.0);
    }
}

} // namespace

std::size_t running_actors(caf::actor_system& system) { return system.registry().running(); }

void add_runtime_gauges(exposition& out, const runtime& runtime, caf::actor_system& system) {
    // Named as client libraries of Prometheus name it.
    out.family("process_resident_memory_bytes", "gauge", "Resident memory of the orchestrator.");
    out.sample("process_resident_memory_bytes", {}, static_cast<double>(net::own_memory_bytes()));
    out.family("mcp_orch_actors", "gauge", "Actors that run now.");
    out.sample("mcp_orch_actors", {}, static_cast<double>(running_actors(system)));
    out.family("mcp_orch_database_waiting", "gauge",
               "Requests of the API that wait for a connection to the database.");
    out.sample("mcp_orch_database_waiting", {}, static_cast<double>(runtime.database->waiting()));
    out.family("mcp_orch_client_sessions", "gauge", "Client sessions open now.");
    out.sample("mcp_orch_client_sessions", {}, static_cast<double>(runtime.sessions.size()));
    out.family("mcp_orch_spool_bytes", "gauge",
               "Spool files, until all their records are in the database.");
    out.sample("mcp_orch_spool_bytes", {}, static_cast<double>(runtime.spool_usage->bytes()));
    add_log_gauges(out, runtime);
    add_server_gauges(out, *runtime.registry.load(), runtime.board);
}

} // namespace orch::actors
