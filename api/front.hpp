#pragma once

#include "api/context.hpp"

#include "net/exchange.hpp"

#include <optional>

namespace orch::api {

/// Takes every request of the HTTP server: Host and Origin, route, readiness, credential, access
/// to the project; then the handler of the route. Each step that refuses answers by itself.
/// Callable from every io unit.
class front {
public:
    explicit front(const context& context);

    void handle(net::request&& request, const net::exchange_ptr& exchange) const;

    /// What can be refused from the header alone: Host, Origin, route, credential.
    [[nodiscard]] std::optional<net::response> refuse_early(const net::request& request) const;

private:
    /// The refusal of a Host or Origin that is not served.
    [[nodiscard]] std::optional<net::response> refuse_origin(const net::request& request) const;

    const context& context_;
    net::route_index index_;
};

} // namespace orch::api
