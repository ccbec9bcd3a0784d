#pragma once

#include "api/principal_names.hpp"
#include "core/model/observation.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace orch::api {

/// A line of JSON for each call, or a table (RFC 4180).
enum class export_format { jsonl, csv };

[[nodiscard]] std::optional<export_format> parse_export_format(std::string_view text) noexcept;
[[nodiscard]] std::string_view content_type_of(export_format format) noexcept;
[[nodiscard]] std::string_view to_string(export_format format) noexcept;

/// What stands before the rows: the names of the columns, or nothing.
[[nodiscard]] std::string export_head(export_format format);
/// One call, with its line end. In a table, text that a spreadsheet would take for a formula gets
/// an apostrophe in front, as OWASP advises ("CSV injection").
void append_exported(std::string& out, export_format format, const model::call_record& record,
                     const principal_names& names);

} // namespace orch::api
