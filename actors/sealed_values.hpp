#pragma once

#include "core/error.hpp"
#include "core/model/project.hpp"
#include "crypto/secret_box.hpp"

#include <string>
#include <string_view>

namespace orch::actors {

/// Where sealed values belong; they open nowhere else.
struct sealed_place {
    project_id project;
    server_id server;
    /// "env" or "headers".
    std::string_view what;
};

/// Variables or headers as they lie in the database.
[[nodiscard]] std::string seal_values(const crypto::secret_box& box, const sealed_place& place,
                                      const model::name_value_list& values);
[[nodiscard]] result<model::name_value_list>
open_values(const crypto::secret_box& box, const sealed_place& place, std::string_view sealed);

} // namespace orch::actors
