#pragma once

#include "core/error.hpp"
#include "storage/pqxx_fwd.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace orch::storage {

struct migration {
    int number = 0;
    std::string_view name;
    std::string_view sql;
};

/// The migrations compiled into this binary, ascending.
[[nodiscard]] const std::vector<migration>& migrations();

/// Applies what is missing, each in one transaction, under an advisory lock so that two starters
/// do not race. Refuses a database whose schema is newer than this binary or whose applied
/// migration has another checksum. Returns how many were applied.
[[nodiscard]] result<int> migrate(pqxx::connection& connection);
/// The same with other migrations than the binary's own, ascending.
[[nodiscard]] result<int> migrate(pqxx::connection& connection,
                                  const std::vector<migration>& known);

/// Takes the lock that says "one active instance per database" for the life of the connection.
/// `conflict` when another instance holds it. A `session` that reconnected has lost it: call again,
/// which does no harm while it is held.
[[nodiscard]] result<void> claim_database(pqxx::connection& connection);

} // namespace orch::storage
