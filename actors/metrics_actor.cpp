#include "actors/metrics_actor.hpp"

namespace orch::actors {

namespace {

/// Stands for every name that is not counted by itself.
constexpr auto other = "(other)";

/// Projects that are gone are shown by their id.
std::string name_of(const project_id& id, const model::registry& registry) {
    const auto* project = registry.find_project(id);
    if (project != nullptr) {
        return project->name;
    }
    return id.is_nil() ? other : id.to_string();
}

} // namespace

metrics_actor::metrics_actor(caf::actor_config& config, bridge::io_unit& home,
                             const registry_source& registry, gauge_source gauges)
    : pinned_actor(config, home), registry_(registry), gauges_(std::move(gauges)) {
    bridge::install_default_handlers(*this, "metrics");
}

caf::behavior metrics_actor::make_behavior() {
    return caf::behavior{
        [this](const calls_finished& finished) { on_calls(finished); },
        [this](render_metrics) { return render(); },
    };
}

void metrics_actor::on_calls(const calls_finished& finished) {
    for (const auto& call : *finished.calls) {
        auto& entry = series_of(call);
        ++entry.by_status[static_cast<std::size_t>(call.status)];
        ++entry.by_error[static_cast<std::size_t>(call.failure)];
        entry.latency.add(call.duration);
    }
}

metrics_actor::series& metrics_actor::series_of(const call_outcome_entry& call) {
    const bool unknown = call.failure == model::error_class::invalid_parameters &&
                         !call.reached_server;
    series_key key{call.project, call.server,
                   unknown ? "(unknown)" : call.tool.substr(0, tool_bytes_max)};
    if (series_.size() >= series_max && !series_.contains(key)) {
        std::get<2>(key) = other;
        if (series_.size() >= series_max + server_series_max && !series_.contains(key)) {
            key = {project_id{}, other, other};
        }
    }
    return series_[std::move(key)];
}

template <class Write>
void metrics_actor::for_each(Write write) const {
    const auto registry = registry_.load();
    for (const auto& [key, entry] : series_) {
        const auto& [id, server, tool] = key;
        write(
            metric_labels{{"project", name_of(id, *registry)}, {"server", server}, {"tool", tool}},
            entry);
    }
}

metrics_text metrics_actor::render() const {
    metrics_text rendered;
    exposition out(rendered.text);
    out.family("mcp_orch_tool_calls_total", "counter", "Tool calls by outcome.");
    for_each([&](metric_labels labels, const series& entry) {
        labels.emplace_back("status", "");
        for (std::size_t i = 0; i < entry.by_status.size(); ++i) {
            labels.back().second = model::to_string(static_cast<model::call_status>(i));
            out.sample("mcp_orch_tool_calls_total", labels,
                       static_cast<double>(entry.by_status[i]));
        }
    });
    out.family("mcp_orch_tool_call_errors_total", "counter",
               "Tool calls that did not succeed, by class.");
    for_each([&](metric_labels labels, const series& entry) {
        labels.emplace_back("error_code", "");
        for (std::size_t i = 1; i < entry.by_error.size(); ++i) {
            if (entry.by_error[i] > 0) {
                labels.back().second = model::to_string(static_cast<model::error_class>(i));
                out.sample("mcp_orch_tool_call_errors_total", labels,
                           static_cast<double>(entry.by_error[i]));
            }
        }
    });
    out.family("mcp_orch_tool_call_duration_seconds", "histogram",
               "From the receipt of a call to its answer.");
    for_each([&](const metric_labels& labels, const series& entry) {
        out.histogram("mcp_orch_tool_call_duration_seconds", labels, entry.latency);
    });
    gauges_(out);
    return rendered;
}

} // namespace orch::actors
