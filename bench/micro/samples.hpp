#pragma once

#include "core/model/observation.hpp"

#include <cstddef>
#include <string>

namespace orch::bench {

/// Bytes of a call as clients send most of them.
inline constexpr std::size_t usual_call_bytes = 300;

// As long as asked for, where that is enough for the rest of the message.

/// A `tools/call` of `files__search_files`.
[[nodiscard]] std::string sample_call(std::size_t bytes = usual_call_bytes);
/// A server's line that answers request 17 with lines of text.
[[nodiscard]] std::string sample_answer(std::size_t bytes);
/// Its `result` alone.
[[nodiscard]] std::string sample_result(std::size_t bytes);
/// A server's line with one page of so many tools.
[[nodiscard]] std::string sample_tool_page(std::size_t tools);
/// What the log keeps of a call with such a result.
[[nodiscard]] model::call_record sample_record(std::size_t bytes);

} // namespace orch::bench
