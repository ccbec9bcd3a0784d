#pragma once

#include "api/described_json.hpp"

#include <optional>
#include <string>

// Bodies about views of the call log that people keep.

namespace orch::api {

struct log_view_view {
    std::string id;
    std::string name;
    /// Parameters of the call log as they stand in an address, without the project.
    std::string query;
    std::string created_at;
    std::string updated_at;
};
BOOST_DESCRIBE_STRUCT(log_view_view, (), (id, name, query, created_at, updated_at))

struct create_log_view_request {
    std::string name;
    std::string query;
};
BOOST_DESCRIBE_STRUCT(create_log_view_request, (), (name, query))

/// What is absent stays.
struct update_log_view_request {
    std::optional<std::string> name;
    std::optional<std::string> query;
};
BOOST_DESCRIBE_STRUCT(update_log_view_request, (), (name, query))

} // namespace orch::api
