#pragma once

#include "core/model/observation.hpp"
#include "storage/sql_values.hpp"

#include <pqxx/row>

#include <string>
#include <vector>

namespace orch::storage {

/// How a call record becomes placeholders of an insert, and a row becomes a call record. Text
/// values and binary ones are two lists: in a statement of many rows all text comes first.
struct call_row_values {
    parameter_list text;
    std::vector<pqxx::binarystring> binary;
};

/// `INSERT … VALUES` for `rows` records; rows that exist already are skipped.
[[nodiscard]] std::string insert_calls_statement(std::size_t rows);
/// Borrows the texts of `record`.
void append_call(call_row_values& out, const model::call_record& record);

/// The columns that `read_call` takes, for a SELECT.
[[nodiscard]] const std::string& call_columns();
[[nodiscard]] model::call_record read_call(const pqxx::row& row);

} // namespace orch::storage
