#pragma once

#include "core/model/observation.hpp"
#include "mcp/error_classes.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace orch::actors {

/// A body as the log keeps it: secrets replaced by key name, cut to `bytes_max`, with size and
/// SHA-256 of the whole when cut. `json` must be valid JSON or empty.
[[nodiscard]] model::body capture_body(std::string_view json, std::size_t bytes_max);

/// Cuts the texts that others chose to what a row can hold, so that no name or message, however
/// long, keeps a record out of the log.
void bound_texts(model::call_record& record);
void bound_texts(model::caller& caller);
/// The same for one message.
[[nodiscard]] std::string bounded_message(std::string message);

/// How a call ended, in the words of the log.
struct call_ending {
    model::call_status status = model::call_status::success;
    model::error_class failure = model::error_class::none;
    std::int64_t code = 0;
    std::string message;
};

/// The ending of a call that its server answered.
[[nodiscard]] call_ending ending_of(const mcp::call_outcome& outcome);

} // namespace orch::actors
