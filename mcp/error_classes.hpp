#pragma once

#include "core/model/observation.hpp"
#include "mcp/json_rpc.hpp"

namespace orch::mcp {

struct verdict {
    model::call_status status = model::call_status::success;
    model::error_class failure = model::error_class::none;
};

/// The status and class of an answered call, from codes alone, never from texts.
[[nodiscard]] verdict classify(const call_outcome& outcome) noexcept;

} // namespace orch::mcp
