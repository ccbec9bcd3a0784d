#pragma once

#include "api/context.hpp"

#include "net/exchange.hpp"

#include <memory>

namespace orch::api {

/// Takes every request of the HTTP server: Host and Origin, route, readiness, credential, access
/// to the project; then the handler of the route. Each step that refuses answers by itself.
/// Callable from every io unit.
class front {
public:
    explicit front(const context& context);

    void handle(net::request&& request, const net::exchange_ptr& exchange) const;

private:
    [[nodiscard]] bool admit(const net::request& request, const net::exchange_ptr& exchange) const;

    const context& context_;
    net::route_index index_;
};

} // namespace orch::api
