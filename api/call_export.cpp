#include "api/call_export.hpp"

#include "api/call_views.hpp"
#include "api/described_json.hpp"
#include "core/timestamp.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace orch::api {

namespace {

constexpr std::string_view line_end = "\r\n";

void append_cell(std::string& out, std::string_view text) {
    constexpr std::string_view formula_starts = "=+-@\t\r";
    const bool is_formula = !text.empty() && formula_starts.find(text.front()) != text.npos;
    if (!is_formula && text.find_first_of("\",\r\n") == text.npos) {
        out += text;
        return;
    }
    out += is_formula ? "\"'" : "\"";
    for (const char c : text) {
        out.append(c == '"' ? 2 : 1, c);
    }
    out += '"';
}

struct column {
    std::string_view name;
    std::string (*print)(const call_view&);
};

constexpr std::array columns{
    column{"id",
           [](const call_view& call) {
               return call.id;
           }},
    column{"timestamp",
           [](const call_view& call) {
               return call.timestamp;
           }},
    column{"server_name",
           [](const call_view& call) {
               return call.server_name;
           }},
    column{"tool_name",
           [](const call_view& call) {
               return call.tool_name;
           }},
    column{"status",
           [](const call_view& call) {
               return call.status;
           }},
    column{"error_code",
           [](const call_view& call) {
               return call.error_code.value_or("");
           }},
    column{"error_message",
           [](const call_view& call) {
               return call.error_message.value_or("");
           }},
    column{"duration_ms",
           [](const call_view& call) {
               return fmt::format("{}", call.duration_ms);
           }},
    column{"principal",
           [](const call_view& call) {
               return call.principal;
           }},
    column{"principal_name",
           [](const call_view& call) {
               return call.principal_name.value_or("");
           }},
    column{"client_type",
           [](const call_view& call) {
               return call.client_type;
           }},
    column{"client_name",
           [](const call_view& call) {
               return call.client_name;
           }},
    column{"client_version",
           [](const call_view& call) {
               return call.client_version;
           }},
    column{"session_id",
           [](const call_view& call) {
               return call.session_id.value_or("");
           }},
    column{"entry_path",
           [](const call_view& call) {
               return call.entry_path;
           }},
    column{"request_id",
           [](const call_view& call) {
               return call.request_id;
           }},
    column{"ip_address",
           [](const call_view& call) {
               return call.ip_address;
           }},
    column{"user_agent",
           [](const call_view& call) {
               return call.user_agent;
           }},
    column{"arguments",
           [](const call_view& call) {
               return call.input_data.arguments.text;
           }},
    column{"result",
           [](const call_view& call) {
               return call.output_data.result.text;
           }},
};

void append_table_row(std::string& out, const call_view& call) {
    for (const auto& column : columns) {
        out += &column == &columns.front() ? "" : ",";
        append_cell(out, column.print(call));
    }
    out += line_end;
}

/// Bodies are kept as they were sent, perhaps over several lines. Between the parts of JSON a line
/// break is a blank, and inside of them there is none.
void append_line(std::string& out, const call_view& call) {
    const auto begin = static_cast<std::ptrdiff_t>(out.size());
    out += to_json(call);
    std::replace_if(
        out.begin() + begin, out.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
    out += '\n';
}

} // namespace

std::optional<export_format> parse_export_format(std::string_view text) noexcept {
    for (const auto format : {export_format::jsonl, export_format::csv}) {
        if (text == to_string(format)) {
            return format;
        }
    }
    return std::nullopt;
}

std::string_view content_type_of(export_format format) noexcept {
    return format == export_format::csv ? "text/csv; charset=utf-8" : "application/x-ndjson";
}

std::string_view to_string(export_format format) noexcept {
    return format == export_format::csv ? "csv" : "jsonl";
}

std::string export_head(export_format format) {
    std::string head;
    if (format == export_format::csv) {
        for (const auto& column : columns) {
            head.append(head.empty() ? "" : ",").append(column.name);
        }
        head += line_end;
    }
    return head;
}

void append_exported(std::string& out, export_format format, const model::call_record& record,
                     const principal_names& names) {
    const auto call = view_of(record, names);
    if (format == export_format::csv) {
        append_table_row(out, call);
    } else {
        append_line(out, call);
    }
}

} // namespace orch::api
