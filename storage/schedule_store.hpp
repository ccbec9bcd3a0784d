#pragma once

#include "core/model/refresh_schedule.hpp"
#include "storage/pqxx_fwd.hpp"

#include <cstdint>
#include <vector>

namespace orch::storage {

// All of these throw what libpqxx throws; call them inside `session::run`, `database::submit` or
// `transact`.

[[nodiscard]] model::refresh_schedule load_schedule(pqxx::transaction_base& work);
/// The settings alone, under their revision; where the schedule stands is `save_runs`' matter.
void save_schedule(pqxx::transaction_base& work, const model::refresh_schedule& changed);

/// Adds runs, oldest first, forgets those beyond `refresh_run::kept_max`, and keeps where the
/// schedule `stands`.
void save_runs(pqxx::transaction_base& work, const std::vector<model::refresh_run>& runs,
               const model::refresh_schedule& stands);
/// Newest first.
[[nodiscard]] std::vector<model::refresh_run> list_runs(pqxx::connection& connection,
                                                        std::size_t limit);
[[nodiscard]] std::size_t count_runs(pqxx::transaction_base& work);

} // namespace orch::storage
