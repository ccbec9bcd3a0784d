#pragma once

#include "core/error.hpp"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

namespace orch::mcp {

/// A piece of a message by position, so that it survives a move of the text. Size 0 is absent.
struct slice {
    std::size_t offset = 0;
    std::size_t size = 0;

    [[nodiscard]] bool present() const noexcept { return size != 0; }
    [[nodiscard]] std::string_view of(std::string_view text) const noexcept {
        return text.substr(offset, size);
    }
};

enum class message_kind : std::uint8_t { request, notification, response };

/// The parts of one JSON-RPC message that routing needs; nothing is copied or decoded.
struct envelope {
    message_kind kind = message_kind::notification;
    slice id;     ///< raw token, quotes included
    slice method; ///< without quotes; names of methods hold no escapes
    slice params; ///< raw object or array
    slice result; ///< raw value
    slice error;  ///< raw object
};

/// The JSON-RPC codes that we answer with (JSON-RPC 2.0 §5.1).
namespace code {
inline constexpr int parse_error = -32700;
inline constexpr int invalid_request = -32600;
inline constexpr int method_not_found = -32601;
inline constexpr int invalid_params = -32602;
inline constexpr int internal_error = -32603;
} // namespace code

/// Why a client's body was refused: the code to answer with and a sentence that says where.
struct message_fault {
    int rpc_code = code::invalid_request;
    std::string detail;
    /// Raw id token to answer to; empty when it could not be read.
    std::string id;
};

template <class T>
using checked = boost::system::result<T, message_fault>;

[[noreturn]] void throw_exception_from_error(const message_fault& fault,
                                             const boost::source_location& where);

/// Bytes of a client's id or progress token as it stands in the message, quotes included: it is
/// kept as long as its request is open, and comes back with every answer.
inline constexpr std::size_t token_bytes_max = 256;

struct validation_limits {
    std::size_t depth_max = 64;
};

/// Validates a whole client body: JSON, UTF-8, depth, JSON-RPC shape, and no
/// duplicate, escaped or case-variant protocol keys at top level, in `params` and in
/// `params._meta`. Numbers of any range and escaped lone surrogates are legal. An error response
/// may have a null id or none, which reads as absent. Batches are refused with `invalid_request`
/// saying so (`parse_client_batch` reads them), and so is an id over `token_bytes_max`, which the
/// fault does not repeat. Thread-safe; keeps one parser per thread. May reserve padding behind
/// `text`, never changes its bytes.
[[nodiscard]] checked<envelope> parse_client_message(std::string& text,
                                                     const validation_limits& limits = {});

/// Reads one line of a server: top level and UTF-8 are checked, the rest is forwarded as it is.
/// `protocol_violation` with a reason for noise and for messages that are not JSON-RPC. The
/// insides of values are not checked. May reserve padding behind `line`.
[[nodiscard]] result<envelope> parse_server_line(std::string& line);

/// What the outcome of a call was, as far as codes tell.
struct call_outcome {
    bool is_error = false;     ///< `result.isError`
    std::int64_t rpc_code = 0; ///< `error.code`; -32603 when that is 0 or no number
    std::string rpc_message;   ///< `error.message`, decoded
    slice task;                ///< `result.task`, when there is no `result.content` beside it
};
[[nodiscard]] call_outcome read_call_outcome(std::string& line, const envelope& message);

/// A replacement of one slice by other text.
struct splice {
    slice where;
    std::string_view text;
};
/// `text` with disjoint slices replaced, and raw line breaks between tokens turned into blanks: one
/// line, ready for a stdio server. Slices must be in ascending order.
[[nodiscard]] std::string splice_line(std::string_view text, std::span<const splice> edits);
[[nodiscard]] inline std::string splice_line(std::string_view text,
                                             std::initializer_list<splice> edits) {
    return splice_line(text, std::span(edits.begin(), edits.size()));
}

/// One complete JSON-RPC message.
[[nodiscard]] std::string make_request(std::string_view raw_id, std::string_view method,
                                       std::string_view raw_params);
[[nodiscard]] std::string make_notification(std::string_view method, std::string_view raw_params);
/// `notifications/cancelled` for a request of ours; `members` begins with a comma when there are
/// any beside its id.
[[nodiscard]] std::string make_cancellation(std::uint64_t request, std::string_view members = {});
[[nodiscard]] std::string make_result(std::string_view raw_id, std::string_view raw_result);
/// `raw_id` empty: the member is left out. `raw_data` empty: no data.
[[nodiscard]] std::string make_error(std::string_view raw_id, int rpc_code,
                                     std::string_view message, std::string_view raw_data = {});

} // namespace orch::mcp
