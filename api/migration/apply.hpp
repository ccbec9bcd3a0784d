#pragma once

#include "actors/admin_messages.hpp"
#include "api/migration/plan.hpp"

namespace orch::api::migration {

/// Stores all of the plan in the transaction of `change`. Throws what libpqxx throws.
void apply(const migration_plan& plan, const actors::registry_change& change);

} // namespace orch::api::migration
