#include "core/model/observation.hpp"

#include "core/model/enum_names.hpp"

namespace orch::model {

namespace {

constexpr enum_names<call_status, 4> status_names{{
    {call_status::success, "success"},
    {call_status::error, "error"},
    {call_status::timeout, "timeout"},
    {call_status::cancelled, "cancelled"},
}};

constexpr enum_names<error_class, 9> class_names{{
    {error_class::none, ""},
    {error_class::invalid_parameters, "INVALID_PARAMETERS"},
    {error_class::initialization_incomplete, "INITIALIZATION_INCOMPLETE"},
    {error_class::method_not_found, "METHOD_NOT_FOUND"},
    {error_class::sse_bridge_error, "SSE_BRIDGE_ERROR"},
    {error_class::tool_error, "TOOL_ERROR"},
    {error_class::no_response, "NO_RESPONSE"},
    {error_class::timeout, "TIMEOUT"},
    {error_class::execution_error, "EXECUTION_ERROR"},
}};

constexpr enum_names<entry_path, 5> path_names{{
    {entry_path::server_sse, "server_sse"},
    {entry_path::unified_sse, "unified_sse"},
    {entry_path::server_http, "server_http"},
    {entry_path::unified_http, "unified_http"},
    {entry_path::rest, "rest"},
}};

constexpr enum_names<log_level, 4> level_names{{
    {log_level::debug, "debug"},
    {log_level::info, "info"},
    {log_level::warning, "warning"},
    {log_level::error, "error"},
}};

constexpr enum_names<log_category, 6> category_names{{
    {log_category::startup, "startup"},
    {log_category::handshake, "handshake"},
    {log_category::shutdown, "shutdown"},
    {log_category::crash, "crash"},
    {log_category::output, "output"},
    {log_category::refresh, "refresh"},
}};

} // namespace

std::string_view to_string(call_status status) noexcept { return name_in(status_names, status); }
std::string_view to_string(error_class kind) noexcept { return name_in(class_names, kind); }
std::string_view to_string(entry_path path) noexcept { return name_in(path_names, path); }
std::string_view to_string(log_level level) noexcept { return name_in(level_names, level); }
std::string_view to_string(log_category category) noexcept {
    return name_in(category_names, category);
}

std::optional<call_status> parse_call_status(std::string_view text) noexcept {
    return value_in(status_names, text);
}
std::optional<error_class> parse_error_class(std::string_view text) noexcept {
    return value_in(class_names, text);
}
std::optional<entry_path> parse_entry_path(std::string_view text) noexcept {
    return value_in(path_names, text);
}
std::optional<log_level> parse_log_level(std::string_view text) noexcept {
    return value_in(level_names, text);
}
std::optional<log_category> parse_log_category(std::string_view text) noexcept {
    return value_in(category_names, text);
}

} // namespace orch::model
