#pragma once

#include "core/error.hpp"
#include "storage/pqxx_fwd.hpp"

#include <functional>

namespace orch::storage {

/// Runs `work` in one transaction: committed when it comes back without an error, else rolled
/// back and the error handed on. Throws what libpqxx throws; call it inside `session::run`.
[[nodiscard]] result<void>
transact(pqxx::connection& connection,
         const std::function<result<void>(pqxx::transaction_base&)>& work);

} // namespace orch::storage
