#pragma once

#include "actors/bridge/pinned_actor.hpp"
#include "actors/exposition.hpp"
#include "actors/latency_histogram.hpp"
#include "actors/messages.hpp"
#include "actors/registry_source.hpp"

#include <array>
#include <functional>
#include <map>
#include <string>
#include <tuple>

namespace orch::actors {

/// Aggregates every finished call by project, server and tool: success rate, latency, errors. Its
/// totals equal those of the call log, since both hear of a call from the same recorder.
/// Owns: the counters since start.
/// Talks to: nobody; hears recorders, answers `render_metrics`.
/// Ends when: the supervisor tells it to.
/// On failure: it is spawned anew and counts from zero, as Prometheus expects of a restart.
class metrics_actor final : public bridge::pinned_actor {
public:
    /// Writes the values of others (sessions, spool, …) when metrics are rendered.
    using gauge_source = std::function<void(exposition&)>;

    metrics_actor(caf::actor_config& config, bridge::io_unit& home, const registry_source& registry,
                  gauge_source gauges);

    caf::behavior make_behavior() override;

private:
    /// Names of tools come from clients: one that no server knows is counted as `(unknown)`, one
    /// that is longer is cut. Beyond `series_max` series, what has none of its own is counted under
    /// the tool `(other)` of its server; once `server_series_max` servers needed that, under the
    /// project and the server `(other)` too.
    static constexpr std::size_t series_max = 5'000;
    static constexpr std::size_t server_series_max = 1'000;
    static constexpr std::size_t tool_bytes_max = 128;

    struct series {
        std::array<std::uint64_t, 4> by_status{};
        std::array<std::uint64_t, 9> by_error{};
        latency_histogram latency;
    };
    using series_key = std::tuple<project_id, std::string, std::string>;

    void on_calls(const calls_finished& finished);
    [[nodiscard]] series& series_of(const call_outcome_entry& call);
    [[nodiscard]] metrics_text render() const;
    template <class Write>
    void for_each(Write write) const;

    const registry_source& registry_;
    gauge_source gauges_;
    std::map<series_key, series> series_;
};

} // namespace orch::actors
