#pragma once

#include "core/model/observation.hpp"
#include "storage/sql_values.hpp"

#include <pqxx/row>

#include <string>

namespace orch::storage {

/// The columns that `read_call` takes, for a SELECT.
[[nodiscard]] const std::string& call_columns();
/// The same with only the first `call_preview_bytes` of each body; its size stays the whole one.
[[nodiscard]] const std::string& preview_call_columns();
[[nodiscard]] model::call_record read_call(const pqxx::row& row);

} // namespace orch::storage
