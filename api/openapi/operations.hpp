#pragma once

#include "api/context.hpp"
#include "api/openapi/schema.hpp"

#include <span>
#include <string_view>

namespace orch::api {

/// What one handler reads and answers, in the types that it really reads and prints.
struct operation {
    handler run;
    /// For people: what it does, without a full stop.
    std::string_view summary;
    /// Null when it takes no body.
    schema_printer body = nullptr;
    /// Of the answer when all is well.
    schema_printer answer = nullptr;
    int status = 200;
    /// Names of the parameters of the query, with a blank between them.
    std::string_view query = {};
    /// Of the answer; of a stream, `answer` is one piece.
    std::string_view content_type = "application/json";

    [[nodiscard]] bool takes(std::string_view parameter) const noexcept;
};

/// Of all handlers of the REST API.
[[nodiscard]] std::span<const operation> operations();
/// Null for endpoints that speak another protocol.
[[nodiscard]] const operation* operation_of(handler run) noexcept;

} // namespace orch::api
