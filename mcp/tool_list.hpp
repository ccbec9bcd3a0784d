#pragma once

#include "core/error.hpp"
#include "core/model/project.hpp"
#include "mcp/json_rpc.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace orch::mcp {

/// One page of a server's `tools/list` answer.
struct tool_page {
    std::vector<model::tool> tools;
    /// Raw cursor token with quotes; empty on the last page.
    std::string next_cursor;
};

/// Reads the `result` of a line with every byte of it checked (depth up to 128); malformed JSON is
/// a `protocol_violation`. Tools keep their bytes but for raw line breaks, which become blanks; one
/// without a name, with two, or with a name over 256 bytes or with control characters is left out
/// and counted in `skipped`.
struct tool_page_reading {
    tool_page page;
    std::size_t skipped = 0;
};
[[nodiscard]] result<tool_page_reading> read_tool_page(std::string& line, const envelope& message);

/// One tool under the name that clients of an endpoint see.
struct listed_tool {
    std::string public_name;
    /// Verbatim definition; only the value of `name` differs when the endpoint prefixes names.
    std::string definition;
};
[[nodiscard]] listed_tool with_name(const model::tool& original, std::string_view public_name);

/// `{"tools":[…]}` with every definition as it is.
[[nodiscard]] std::string tools_result(const std::vector<listed_tool>& tools);

} // namespace orch::mcp
