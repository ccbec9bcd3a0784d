#pragma once

#include "api/context.hpp"
#include "api/policy.hpp"

#include <span>
#include <string_view>

namespace orch::api {

/// A route without a permission does not compile.
struct route {
    consteval route(std::string_view takes, std::string_view at, permission asks, handler runs)
        : method(takes), pattern(at), needs(asks), run(runs) {}

    std::string_view method;
    std::string_view pattern;
    permission needs;
    handler run;

    /// MCP clients send a bearer key; the cookie of a browser opens nothing there.
    [[nodiscard]] bool is_mcp() const noexcept { return pattern.starts_with("/projects/"); }
};

/// The one table of routes.
[[nodiscard]] std::span<const route> routes();

} // namespace orch::api
