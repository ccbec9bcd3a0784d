#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace orch::mcp {

/// `text` as searches compare it: letters in lower case (Unicode, one to one), and every run of
/// blanks, control characters, bytes that are not UTF-8 and the signs of JSON's structure
/// (`{}[]",:`) as one blank. So a piece of JSON is found as it was sent, and without its signs,
/// too. At most `bytes_max`, cut between two characters; no blank at either end.
[[nodiscard]] std::string fold_for_search(std::string_view text, std::size_t bytes_max);

/// The same of what the strings of `json` stand for. It may be cut anywhere.
[[nodiscard]] std::string fold_json_for_search(std::string_view json, std::size_t bytes_max);

} // namespace orch::mcp
