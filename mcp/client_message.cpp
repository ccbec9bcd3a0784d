#include "mcp/json_rpc.hpp"
#include "mcp/json_walk.hpp"
#include "mcp/protocol_keys.hpp"

#include <fmt/core.h>

#include <array>

namespace orch::mcp {

namespace {

enum top_key { jsonrpc_key, id_key, method_key, params_key, result_key, error_key };
constexpr std::array<std::string_view, 6> top_names{"jsonrpc", "id",     "method",
                                                    "params",  "result", "error"};
constexpr int meta_key = 2;
constexpr std::array<std::string_view, 8> params_names{
    "name", "arguments", "_meta", "uri", "cursor", "protocolVersion", "task", "taskId"};
constexpr std::array<std::string_view, 2> meta_names{"progressToken",
                                                     "io.modelcontextprotocol/related-task"};

message_fault syntax_fault(std::string_view reason) {
    return {code::parse_error, fmt::format("the body is not valid JSON: {}", reason), {}};
}

/// Reads one message. Faults of syntax end the walk; faults of shape are kept while the walk goes
/// on, since the `id` to answer to may still come.
class client_message_reader {
public:
    client_message_reader(std::string& text, const validation_limits& limits)
        : text_(text), walk_(cursor_, text, limits.depth_max), limits_(limits) {}

    checked<envelope> read();

private:
    checked<envelope> read_other_value();
    message_fault read_batch();
    bool member(std::string_view key, ondemand::value& value);
    bool read_params(ondemand::value& value);
    bool read_meta(ondemand::value& value);
    bool take_into(slice& part, ondemand::value& value);
    void check_token(int key, std::string_view token);
    void check_id(std::string_view token);
    void check_shape();
    void complain(std::string sentence);
    message_fault walk_fault() const;

    std::string& text_;
    json_cursor cursor_;
    json_walk walk_;
    validation_limits limits_;
    protocol_keys top_keys_{top_names, "the message"};
    protocol_keys params_keys_{params_names, "params"};
    protocol_keys meta_keys_{meta_names, "params._meta"};
    envelope envelope_;
    slice version_;
    bool null_id_ = false;
    std::string complaint_;
};

checked<envelope> client_message_reader::read() {
    if (const auto failure = cursor_.open(text_)) {
        return syntax_fault(describe(failure));
    }
    std::string_view first;
    if (cursor_.document().raw_json_token().get(first) || !first.starts_with('{')) {
        return read_other_value();
    }
    ondemand::object object;
    if (const auto failure = cursor_.object().get(object)) {
        return syntax_fault(describe(failure));
    }
    if (!walk_.members(object, 1, [this](std::string_view key, ondemand::value& value) {
            return member(key, value);
        })) {
        return walk_fault();
    }
    if (!cursor_.at_end()) {
        return syntax_fault("something follows the message");
    }
    check_shape();
    if (!complaint_.empty()) {
        return message_fault{code::invalid_request, std::move(complaint_),
                             std::string(envelope_.id.of(text_))};
    }
    return envelope_;
}

checked<envelope> client_message_reader::read_other_value() {
    std::string_view token;
    if (cursor_.document().raw_json_token().get(token)) {
        return syntax_fault("it does not start with a JSON value");
    }
    if (token.starts_with('[')) {
        return read_batch();
    }
    const std::string_view scalar = without_trailing_blanks(token);
    const bool whole = token.data() + token.size() == text_.data() + text_.size();
    const bool valid = scalar == "true" || scalar == "false" || scalar == "null" ||
                       is_json_number(scalar) ||
                       (is_string(scalar) &&
                        has_valid_escapes(scalar.substr(1, scalar.size() - 2)));
    if (!whole || !valid) {
        return syntax_fault("it does not start with a JSON value");
    }
    return message_fault{code::invalid_request, "the message is not a JSON object", {}};
}

/// Refused whatever is in it, but what is not even JSON is called so.
message_fault client_message_reader::read_batch() {
    ondemand::array array;
    if (const auto failure = cursor_.document().get_array().get(array)) {
        return syntax_fault(describe(failure));
    }
    if (!walk_.elements(array, 1,
                        [this](ondemand::value& element) { return walk_.check(element, 1); })) {
        return walk_fault();
    }
    if (!cursor_.at_end()) {
        return syntax_fault("something follows the batch");
    }
    return {code::invalid_request,
            "a batch is accepted in a Streamable HTTP session of revision 2025-03-26 only",
            {}};
}

message_fault client_message_reader::walk_fault() const {
    const json_fault& fault = walk_.fault();
    if (fault.what == json_fault::kind::depth) {
        return {
            code::invalid_request,
            fmt::format("{}; at most {} levels are accepted", fault.sentence(), limits_.depth_max),
            {}};
    }
    return syntax_fault(fault.sentence());
}

bool client_message_reader::member(std::string_view key, ondemand::value& value) {
    const int index = top_keys_.note(key);
    switch (index) {
    case jsonrpc_key:
        if (!take_into(version_, value)) {
            return false;
        }
        check_token(index, version_.of(text_));
        return true;
    case id_key:
    case method_key: {
        slice& part = index == id_key ? envelope_.id : envelope_.method;
        if (!take_into(part, value)) {
            return false;
        }
        check_token(index, part.of(text_));
        return true;
    }
    case params_key: return read_params(value);
    case result_key: return take_into(envelope_.result, value);
    case error_key:
        if (!value.raw_json_token().starts_with('{')) {
            complain("\"error\" is not an object");
        }
        return take_into(envelope_.error, value);
    default: return walk_.check(value, 1);
    }
}

bool client_message_reader::take_into(slice& part, ondemand::value& value) {
    const auto raw = walk_.take(value, 1);
    if (raw) {
        part = slice_of(text_, *raw);
    }
    return raw.has_value();
}

void client_message_reader::check_token(int key, std::string_view token) {
    if (key == jsonrpc_key) {
        if (token != "\"2.0\"") {
            complain("\"jsonrpc\" is not \"2.0\"");
        }
        return;
    }
    if (key == id_key) {
        check_id(token);
        return;
    }
    if (!is_string(token)) {
        complain("\"method\" is not a string");
    } else if (token.size() == 2) {
        complain("\"method\" is empty");
    } else if (token.find('\\') != std::string_view::npos) {
        complain("\"method\" holds an escape");
    }
    envelope_.method = {envelope_.method.offset + 1, token.size() < 2 ? 0 : token.size() - 2};
}

void client_message_reader::check_id(std::string_view token) {
    if (token.size() > token_bytes_max) {
        envelope_.id = {};
        complain(fmt::format("\"id\" is longer than {} bytes", token_bytes_max));
    } else if (!is_string(token) && !is_json_integer(token)) {
        // Peers that could not read our id answer with null; whether this is such an answer shows
        // at the end.
        null_id_ = token == "null";
        envelope_.id = {};
        if (!null_id_) {
            complain("\"id\" is neither a string nor an integer");
        }
    }
}

bool client_message_reader::read_params(ondemand::value& value) {
    const std::string_view token = value.raw_json_token();
    if (!token.starts_with('{')) {
        if (!token.starts_with('[')) {
            complain("\"params\" is neither an object nor an array");
        }
        return take_into(envelope_.params, value);
    }
    ondemand::object object;
    if (value.get_object().get(object)) {
        return walk_.fail("an object is malformed", token.data());
    }
    const auto on_member = [this](std::string_view key, ondemand::value& member) {
        return params_keys_.note(key) == meta_key ? read_meta(member) : walk_.check(member, 2);
    };
    if (!walk_.members(object, 2, on_member)) {
        return false;
    }
    envelope_.params = slice_of(text_, walk_.read_since(token.data()));
    return true;
}

bool client_message_reader::read_meta(ondemand::value& value) {
    const std::string_view token = value.raw_json_token();
    ondemand::object object;
    if (!token.starts_with('{')) {
        return walk_.check(value, 2);
    }
    if (value.get_object().get(object)) {
        return walk_.fail("an object is malformed", token.data());
    }
    return walk_.members(object, 3, [this](std::string_view key, ondemand::value& member) {
        meta_keys_.note(key);
        return walk_.check(member, 3);
    });
}

void client_message_reader::check_shape() {
    for (const protocol_keys* keys : {&top_keys_, &params_keys_, &meta_keys_}) {
        if (!keys->complaint().empty()) {
            // Which of two ids is meant is not ours to guess.
            envelope_.id = keys == &top_keys_ ? slice{} : envelope_.id;
            complaint_ = keys->complaint();
            return;
        }
    }
    const bool calls = envelope_.method.present();
    const bool answers = envelope_.result.present() || envelope_.error.present();
    if (!version_.present()) {
        complain("\"jsonrpc\" is missing");
    } else if (calls && answers) {
        complain("the message has both \"method\" and \"result\" or \"error\"");
    } else if (envelope_.result.present() && envelope_.error.present()) {
        complain("the message has both \"result\" and \"error\"");
    } else if (!calls && !answers) {
        complain("the message has neither \"method\" nor \"result\" nor \"error\"");
    } else if (null_id_ && !envelope_.error.present()) {
        complain("\"id\" is null");
    } else if (envelope_.result.present() && !envelope_.id.present()) {
        complain("the message has \"result\" but no \"id\"");
    }
    if (answers) {
        envelope_.kind = message_kind::response;
    } else {
        envelope_.kind = envelope_.id.present() ? message_kind::request
                                                : message_kind::notification;
    }
}

void client_message_reader::complain(std::string sentence) {
    if (complaint_.empty()) {
        complaint_ = std::move(sentence);
    }
}

} // namespace

checked<envelope> parse_client_message(std::string& text, const validation_limits& limits) {
    return client_message_reader(text, limits).read();
}

} // namespace orch::mcp
