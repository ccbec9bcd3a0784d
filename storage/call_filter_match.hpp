#pragma once

#include "storage/call_log_store.hpp"

namespace orch::storage {

/// Whether the filter finds this row, which need not be stored yet; its `search_text` must be
/// there. The same decision as the statements of `call_filter_sql.hpp` make, but for the range of
/// time and what says which page.
[[nodiscard]] bool passes(const call_filter& filter, const model::call_record& record);

} // namespace orch::storage
