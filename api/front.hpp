#pragma once

#include "api/context.hpp"
#include "api/routes.hpp"

#include "net/exchange.hpp"

#include <optional>
#include <span>

namespace orch::api {

/// Takes every request of the HTTP server: Host and Origin, route, readiness, credential, access
/// to the project; then the handler of the route. Each step that refuses answers by itself.
/// Callable from every io unit.
class front {
public:
    /// `table` outlives the front; tests look at others than the one of the product.
    explicit front(const context& context, std::span<const route> table = routes());

    void handle(net::request&& request, const net::exchange_ptr& exchange) const;

    /// What can be refused from the header alone: Host, Origin, route, credential.
    [[nodiscard]] std::optional<net::response> refuse_early(const net::request& request) const;

private:
    /// The dashboard's answer to what is no address of the API.
    [[nodiscard]] std::optional<net::response> page_for(const net::route_index::match& match,
                                                        const net::request& request) const;
    /// The refusal of a Host or Origin that is not served.
    [[nodiscard]] std::optional<net::response> refuse_origin(const net::request& request) const;

    const context& context_;
    const std::span<const route> table_;
    net::route_index index_;
};

} // namespace orch::api
