#pragma once

#include "core/error.hpp"
#include "storage/pqxx_fwd.hpp"

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace orch::storage {

/// The Python system's database, by table: each row as the JSON object that PostgreSQL makes of
/// it, oldest first. What a revision of that system lacks is just not there.
struct original_rows {
    std::map<std::string, std::vector<std::string>> tables;

    /// More rows of one table are refused.
    static constexpr std::size_t rows_max = 100'000;
};

/// Reads what is migrated, as of one moment, in a transaction that cannot write. `not_found` when
/// it is no database of that system, `too_large` when a table has too many rows. Throws what
/// libpqxx throws; call it inside `session::run`.
[[nodiscard]] result<original_rows> read_original(pqxx::connection& connection);

} // namespace orch::storage
