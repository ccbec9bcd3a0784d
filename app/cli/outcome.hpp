#pragma once

#include "core/error.hpp"

#include <string>

namespace orch::app::cli {

/// What the shell gets to see. Documented in the footer of `--help`.
enum class exit_code { ok = 0, failed = 1, usage = 2, not_running = 3, configuration = 4 };

/// All that a verb does to the world outside the orchestrator: text and an exit code.
struct outcome {
    exit_code code = exit_code::ok;
    std::string out;
    std::string err;
};

/// `unavailable` is `not_running`, everything else `failed`; the text goes to stderr.
[[nodiscard]] outcome failure(const error& why);

/// Writes both texts to their streams and returns the exit code as a number. `failed` when stdout
/// cannot take the text.
[[nodiscard]] int finish(const outcome& done);

} // namespace orch::app::cli
