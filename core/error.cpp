#include "core/error.hpp"

#include <stdexcept>
#include <system_error>

namespace orch {

std::string_view to_string(errc code) noexcept {
    switch (code) {
    case errc::invalid_argument: return "invalid_argument";
    case errc::unauthenticated: return "unauthenticated";
    case errc::forbidden: return "forbidden";
    case errc::not_found: return "not_found";
    case errc::conflict: return "conflict";
    case errc::too_large: return "too_large";
    case errc::busy: return "busy";
    case errc::timeout: return "timeout";
    case errc::cancelled: return "cancelled";
    case errc::unavailable: return "unavailable";
    case errc::not_implemented: return "not_implemented";
    case errc::protocol_violation: return "protocol_violation";
    case errc::io_failure: return "io_failure";
    case errc::internal: return "internal";
    }
    return "internal";
}

void throw_exception_from_error(const error& failure, const boost::source_location& where) {
    throw std::logic_error(failure.detail + " (unchecked result at " + where.to_string() + ")");
}

error errno_error(std::string_view detail, int number) {
    return {errc::io_failure, std::string(detail) + ": " + std::generic_category().message(number)};
}

} // namespace orch
