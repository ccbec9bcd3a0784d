#pragma once

#include "core/model/project.hpp"
#include "storage/pqxx_fwd.hpp"

#include <vector>

namespace orch::storage {

// All of these throw what libpqxx throws; call them inside a `transact`.

[[nodiscard]] std::vector<model::project> load_projects(pqxx::transaction_base& work);
void insert_project(pqxx::transaction_base& work, const model::project& project);
/// Everything but id, creator and time of creation; aliases too.
void update_project(pqxx::transaction_base& work, const model::project& project);
/// With its servers, keys and members. Calls and activities stay.
void delete_project(pqxx::transaction_base& work, const project_id& project);

} // namespace orch::storage
