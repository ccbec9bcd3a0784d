#include "app/cli/outcome.hpp"

#include <cstdio>

namespace orch::app::cli {

outcome failure(const error& why) {
    return {.code = why.code == errc::unavailable ? exit_code::not_running : exit_code::failed,
            .out = {},
            .err = "mcp-orch: " + why.detail + "\n"};
}

int finish(const outcome& done) {
    std::fwrite(done.err.data(), 1, done.err.size(), stderr);
    const bool written = std::fwrite(done.out.data(), 1, done.out.size(), stdout) ==
                             done.out.size() &&
                         std::fflush(stdout) == 0;
    return static_cast<int>(written || done.code != exit_code::ok ? done.code : exit_code::failed);
}

} // namespace orch::app::cli
