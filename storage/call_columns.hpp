#pragma once

#include "storage/array_column.hpp"

#include <array>
#include <string_view>

namespace orch::storage {

struct call_column {
    std::string_view name;
    element_type type;
};

/// The columns of the call log in the one order in which they are written and read.
inline constexpr std::array<call_column, 37> call_column_table{{
    {"id", element_type::uuid},
    {"call_id", element_type::uuid},
    {"instance_id", element_type::uuid},
    {"project_id", element_type::uuid},
    {"retention_days", element_type::integer},
    {"server_id", element_type::uuid},
    {"server_name", element_type::text},
    {"tool_name", element_type::text},
    {"path", element_type::text},
    {"session_id", element_type::uuid},
    {"principal", element_type::text},
    {"client_name", element_type::text},
    {"client_version", element_type::text},
    {"client_type", element_type::text},
    {"ip_address", element_type::text},
    {"user_agent", element_type::text},
    {"request_id", element_type::text},
    {"status", element_type::text},
    {"failure", element_type::text},
    {"error_code", element_type::bigint},
    {"error_message", element_type::text},
    {"received_at", element_type::timestamptz},
    {"authorised_at", element_type::timestamptz},
    {"queued_at", element_type::timestamptz},
    {"sent_at", element_type::timestamptz},
    {"answered_at", element_type::timestamptz},
    {"finished_at", element_type::timestamptz},
    {"arguments", element_type::bytea},
    {"arguments_size", element_type::bigint},
    {"arguments_truncated", element_type::boolean},
    {"arguments_redacted", element_type::boolean},
    {"arguments_sha256", element_type::bytea},
    {"result", element_type::bytea},
    {"result_size", element_type::bigint},
    {"result_truncated", element_type::boolean},
    {"result_redacted", element_type::boolean},
    {"result_sha256", element_type::bytea},
}};

} // namespace orch::storage
