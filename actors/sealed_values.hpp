#pragma once

#include "core/error.hpp"
#include "core/model/project.hpp"
#include "crypto/secret_box.hpp"

#include <string>
#include <string_view>

namespace orch::actors {

/// Variables or headers as they lie in the database. `what` is "env" or "headers"; the value can
/// be opened only for the same server and kind.
[[nodiscard]] std::string seal_values(const crypto::secret_box& box, const server_id& server,
                                      std::string_view what, const model::name_value_list& values);
[[nodiscard]] result<model::name_value_list> open_values(const crypto::secret_box& box,
                                                         const server_id& server,
                                                         std::string_view what,
                                                         std::string_view sealed);

} // namespace orch::actors
