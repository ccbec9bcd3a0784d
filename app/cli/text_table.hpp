#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace orch::app::cli {

/// `text` on one line and without control characters: what a server says cannot move the cursor.
[[nodiscard]] std::string printable(std::string_view text);

/// Left-aligned columns, two spaces apart; the first row is the heading. Cells are made printable.
[[nodiscard]] std::string text_table(const std::vector<std::vector<std::string>>& rows);

} // namespace orch::app::cli
