#pragma once

#include "mcp/rewrite.hpp"
#include "mcp/version.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace orch::mcp {

/// What clients of older revisions cannot know, said in what they can. Revisions only add: a client
/// ignores members that it does not know, but not blocks of content of unknown types, and what it
/// would ignore may be all there is. So for clients of 2024-11-05 and 2025-03-26 links to resources
/// become text, structured content goes (and becomes text where there is no other content), and
/// schemas of it go; for those of 2024-11-05 audio becomes a note that there was some. All else
/// passes as it is.

/// Whether `version` is one of them: all others need none of the functions below.
[[nodiscard]] constexpr bool needs_older_content(revision version) noexcept {
    return version < revision::v2025_06_18;
}

/// For the object `where` of `text`, which is the result of `tools/call` or `prompts/get` or the
/// params of `sampling/createMessage`: in ascending order what to replace; nothing when it passes
/// as it is. Texts that do not name anything of the kind are not parsed. May reserve padding behind
/// `text`.
[[nodiscard]] std::vector<rewrite> older_content(std::string& text, slice where, revision client);

/// The definition of a tool.
[[nodiscard]] std::string older_tool(std::string definition, revision client);

} // namespace orch::mcp
