#include "mcp/error_classes.hpp"

namespace orch::mcp {

verdict classify(const call_outcome& outcome) noexcept {
    using model::call_status;
    using model::error_class;
    switch (outcome.rpc_code) {
    case 0:
        return outcome.is_error ? verdict{call_status::error, error_class::tool_error} : verdict{};
    case code::invalid_params: return {call_status::error, error_class::invalid_parameters};
    case code::method_not_found: return {call_status::error, error_class::method_not_found};
    default: return {call_status::error, error_class::execution_error};
    }
}

} // namespace orch::mcp
