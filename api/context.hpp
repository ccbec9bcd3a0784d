#pragma once

#include "actors/bridge/coordinator.hpp"
#include "actors/runtime.hpp"
#include "api/access.hpp"
#include "api/identity/login_throttle.hpp"
#include "api/options.hpp"
#include "api/pages.hpp"
#include "api/policy.hpp"
#include "api/stream_slots.hpp"
#include "core/model/registry.hpp"
#include "net/exchange.hpp"
#include "net/router.hpp"

#include <memory>
#include <string>

namespace orch::api {

/// What every handler works with; owned by the application, outlives the HTTP server.
struct context {
    actors::runtime& runtime;
    caf::actor_system& system;
    const api_options options;
    const api::pages pages;
    const session_cookie cookie{options.public_url};
    /// Shared by all units.
    std::unique_ptr<login_throttle> throttle = std::make_unique<login_throttle>(runtime.clock);
    /// Exports of calls that are being sent.
    std::unique_ptr<stream_slots> exports = std::make_unique<stream_slots>(8, 4);
    /// Those who watch a log as it grows.
    std::unique_ptr<stream_slots> watchers = std::make_unique<stream_slots>(64, 16);

    [[nodiscard]] actors::bridge::io_unit& unit(std::size_t index) const {
        return actors::bridge::coordinator::of(system).unit(index);
    }
};

/// One request on its way through a handler, which may keep it until the answer is there.
struct incoming {
    net::request request;
    net::exchange_ptr exchange;
    net::path_values path;
    model::registry_ptr registry;
    principal who;
    /// How rows name the principal in the project of the route.
    std::string used_as;
    /// Set when the route names a project that the principal may see.
    const model::project* project = nullptr;
    /// Set when the route names a team that is there.
    const model::team* team = nullptr;
    std::chrono::system_clock::time_point authorised;
};
using incoming_ptr = std::shared_ptr<incoming>;

/// Answers through `incoming::exchange`, now or later.
using handler = void (*)(const context&, const incoming_ptr&);

/// The server that the path names, in the project of the path; null when there is none that the
/// principal may know of.
[[nodiscard]] const model::server_entry* server_of(const incoming& in);
/// The key that the request was made with; null when it was made without one.
[[nodiscard]] const model::api_key* key_of(const incoming& in);

} // namespace orch::api
