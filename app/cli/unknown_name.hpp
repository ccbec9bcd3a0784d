#pragma once

#include "app/cli/admin_client.hpp"

#include <string>
#include <string_view>

namespace orch::app::cli {

/// Which name in the address of a request there is nothing of, as a sentence that tells what there
/// is instead; empty when it is none of the projects, teams and servers. Asks the orchestrator.
[[nodiscard]] std::string unknown_name(const transport& send, std::string_view target);

} // namespace orch::app::cli
