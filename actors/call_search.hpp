#pragma once

#include "core/byte_sizes.hpp"
#include "core/model/observation.hpp"

namespace orch::actors {

/// Fills in what searches compare: tool name, error message, arguments and result. Of each body
/// `search_bytes_max` at most, so that one large result does not weigh more than all other rows.
void add_search_text(model::call_record& record);
inline constexpr std::size_t search_bytes_max = 8 * kib;

} // namespace orch::actors
