#pragma once

#include "api/fault_list.hpp"
#include "core/model/people.hpp"

#include <string>

namespace orch::api {

/// The one rule for names of accounts: 1 to 255 bytes in one line.
void check_account_name(const std::string& name, fault_list& faults);
/// A new account from what somebody typed; the error names every field that is wrong.
[[nodiscard]] result<model::user> account_of(const std::string& name, const std::string& email,
                                             const std::string& password);

} // namespace orch::api
