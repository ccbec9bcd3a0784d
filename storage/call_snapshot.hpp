#pragma once

#include "storage/sql_values.hpp"

#include <pqxx/result>
#include <pqxx/transaction>

namespace orch::storage {

/// Reads: all statements of one answer see the same rows.
using snapshot = pqxx::transaction<pqxx::repeatable_read, pqxx::read_only>;

inline pqxx::result run(pqxx::transaction_base& work, const statement& wanted) {
    return work.exec_params(wanted.text, wanted.parameters.dynamic());
}

} // namespace orch::storage
