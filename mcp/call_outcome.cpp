#include "mcp/json_cursor.hpp"
#include "mcp/json_rpc.hpp"

#include <charconv>

namespace orch::mcp {

namespace {

void read_error(std::string& line, slice where, call_outcome& outcome) {
    json_cursor cursor;
    ondemand::object object;
    if (cursor.open(line, where) || cursor.object().get(object)) {
        return;
    }
    for_each_member(object, [&](std::string_view key, ondemand::value& value) {
        if (key == "code") {
            const std::string_view raw = raw_value(value);
            std::int64_t number = 0;
            std::from_chars(raw.data(), raw.data() + raw.size(), number);
            // Zero stands for "no error", so an error must not keep it.
            outcome.rpc_code = number == 0 ? code::internal_error : number;
        } else if (key == "message") {
            outcome.rpc_message = string_value(raw_value(value));
        }
        return true;
    });
}

/// From here on searching costs less than reading.
constexpr std::size_t long_result = std::size_t{16} << 10;

/// Whether the text may hold a member that says how the call went. Most long results have none.
bool may_tell(std::string_view result) noexcept {
    return result.size() < long_result || result.find("\"isError\"") != std::string_view::npos ||
           result.find("\"task\"") != std::string_view::npos;
}

void read_result(std::string& line, slice where, call_outcome& outcome) {
    if (!may_tell(where.of(line))) {
        return;
    }
    json_cursor cursor;
    ondemand::object object;
    if (cursor.open(line, where) || cursor.object().get(object)) {
        return;
    }
    bool content = false;
    for_each_member(object, [&](std::string_view key, ondemand::value& value) {
        if (key == "isError") {
            outcome.is_error = raw_value(value) == "true";
        } else if (key == "task") {
            outcome.task = slice_of(line, raw_value(value));
        }
        content = content || key == "content";
        return true;
    });
    if (content) {
        outcome.task = {};
    }
}

} // namespace

call_outcome read_call_outcome(std::string& line, const envelope& message) {
    call_outcome outcome;
    if (message.error.present()) {
        // An error whose code cannot be read is still an error.
        outcome.rpc_code = code::internal_error;
        read_error(line, message.error, outcome);
    } else if (message.result.of(line).starts_with('{')) {
        read_result(line, message.result, outcome);
    }
    return outcome;
}

} // namespace orch::mcp
