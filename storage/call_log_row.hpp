#pragma once

#include "core/model/observation.hpp"
#include "storage/sql_values.hpp"

#include <pqxx/row>

#include <string>

namespace orch::storage {

/// The columns that `read_call` takes, for a SELECT.
[[nodiscard]] const std::string& call_columns();
/// The same with bodies of no bytes; what else is known of the bodies stays.
[[nodiscard]] const std::string& bare_call_columns();
[[nodiscard]] model::call_record read_call(const pqxx::row& row);

} // namespace orch::storage
