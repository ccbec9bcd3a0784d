#pragma once

#include "mcp/client_config.hpp"

#include <boost/json/value.hpp>

namespace orch::mcp {

/// Reads one entry; names are left to the caller. The first thing that is wrong becomes its fault.
[[nodiscard]] imported_server read_config_entry(const boost::json::value& entry);

} // namespace orch::mcp
