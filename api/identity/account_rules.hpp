#pragma once

#include "api/fault_list.hpp"
#include "core/model/registry.hpp"

#include <string>
#include <vector>

namespace orch::api {

/// The one rule for names of accounts: 1 to 255 bytes in one line.
void check_account_name(const std::string& name, fault_list& faults);
/// A new account from what somebody typed; the error names every field that is wrong.
[[nodiscard]] result<model::user> account_of(const std::string& name, const std::string& email,
                                             const std::string& password);

/// Whether `user` is the only active administrator apart from those who are `leaving`.
[[nodiscard]] bool is_last_administrator(const model::user& user, const model::registry& registry,
                                         const std::vector<user_id>& leaving = {});
/// Names of the projects that have no active owner but `user`.
[[nodiscard]] std::vector<std::string> owned_alone(const user_id& user,
                                                   const model::registry& registry);

} // namespace orch::api
