#pragma once

#include "api/principal.hpp"
#include "core/model/registry.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace orch::api {

/// What the key or person behind `key:<id>` or `user:<id>` is called; nothing for the others, and
/// for those that are gone.
[[nodiscard]] std::optional<std::string> name_of_principal(std::string_view principal,
                                                           const model::registry& registry);

/// The same for one who reads recorded calls and sessions. A key learns no names: who the others
/// are is none of its business.
class principal_names {
public:
    principal_names(const principal& reader, model::registry_ptr registry);

    [[nodiscard]] std::optional<std::string> of(std::string_view principal) const;
    /// Whether `reader` is told any.
    [[nodiscard]] static bool are_told_to(const principal& reader) noexcept;

private:
    model::registry_ptr registry_;
    bool tells_;
};

} // namespace orch::api
