#pragma once

#include "core/model/observation.hpp"
#include "storage/array_column.hpp"

#include <pqxx/binarystring>

#include <string>
#include <vector>

namespace orch::storage {

/// Records on their way into the call log, column by column.
class call_batch {
public:
    call_batch();

    void add(const model::call_record& record);
    /// One array per column, in the order of the statement's placeholders.
    [[nodiscard]] std::vector<pqxx::binarystring> parameters();

    /// Inserts a batch of any size; rows that exist already are skipped.
    [[nodiscard]] static const std::string& insert_statement();
    /// The same, and gives the ids of the new rows.
    [[nodiscard]] static const std::string& insert_telling_statement();

private:
    std::vector<array_column> columns_;
    /// Written and never read back, so it is none of the columns of a row.
    array_column search_{element_type::text};
};

} // namespace orch::storage
