#include "app/cli/version.hpp"

namespace orch::app::cli {

std::string_view version() noexcept { return ORCH_VERSION; }

} // namespace orch::app::cli
