#pragma once

#include "api/context.hpp"

#include <span>
#include <string_view>

namespace orch::api {

/// Who may use a route. A route without a policy does not compile.
enum class access {
    open,    ///< everybody, also while starting
    project, ///< everybody who may see the project in the path
    member,  ///< any credential; the handler looks at the project by itself
    admin    ///< the administrator token or the own account on this machine
};

struct route {
    std::string_view method;
    std::string_view pattern;
    access policy;
    handler run;
};

/// The one table of routes.
[[nodiscard]] std::span<const route> routes();

} // namespace orch::api
