#include "storage/spool_bytes.hpp"
#include "storage/spool_format.hpp"

#include <chrono>
#include <limits>

namespace orch::storage {

namespace {

using std::chrono::microseconds;
using std::chrono::system_clock;

/// Bits of the byte that says which points in time follow.
enum time_bits : std::uint8_t {
    has_authorised = 1,
    has_queued = 2,
    has_sent = 4,
    has_answered = 8
};
enum body_bits : std::uint8_t { is_truncated = 1, is_redacted = 2 };

void append_text(std::string& out, std::string_view text) {
    append_number(out, static_cast<std::uint32_t>(text.size()));
    out.append(text);
}

void append_uuid(std::string& out, const uuid& id) {
    out.append(reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size());
}

void append_time(std::string& out, system_clock::time_point at) {
    const auto count = std::chrono::floor<microseconds>(at.time_since_epoch()).count();
    append_number(out, static_cast<std::uint64_t>(count));
}

void append_times(std::string& out, const model::call_times& times) {
    append_number(out, static_cast<std::uint8_t>((times.authorised ? has_authorised : 0) |
                                                 (times.queued ? has_queued : 0) |
                                                 (times.sent ? has_sent : 0) |
                                                 (times.answered ? has_answered : 0)));
    append_time(out, times.received);
    for (const auto* const at : {&times.authorised, &times.queued, &times.sent, &times.answered}) {
        append_time(out, at->value_or(system_clock::time_point{}));
    }
    append_time(out, times.finished);
}

void append_caller(std::string& out, const model::caller& caller) {
    append_uuid(out, caller.session.value);
    append_text(out, caller.principal);
    append_text(out, caller.client_name);
    append_text(out, caller.client_version);
    append_text(out, caller.client_type);
    append_text(out, caller.ip_address);
    append_text(out, caller.user_agent);
}

void append_body(std::string& out, const model::body& body) {
    append_number(out, body.size);
    append_number(out, static_cast<std::uint8_t>((body.truncated ? is_truncated : 0) |
                                                 (body.redacted ? is_redacted : 0)));
    append_text(out, body.sha256);
    append_text(out, body.bytes);
}

uuid take_uuid(byte_cursor& in) noexcept {
    uuid id;
    const std::string_view bytes = in.take(id.bytes.size());
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        id.bytes[i] = static_cast<std::uint8_t>(bytes[i]);
    }
    return id;
}

system_clock::time_point take_time(byte_cursor& in) noexcept {
    // The clock counts nanoseconds, so most counts of microseconds have no place in it.
    constexpr auto first = std::chrono::ceil<microseconds>(system_clock::duration::min());
    constexpr auto last = std::chrono::floor<microseconds>(system_clock::duration::max());
    const microseconds count{static_cast<std::int64_t>(in.number<std::uint64_t>())};
    if (count < first || count > last) {
        in.fail();
        return {};
    }
    return system_clock::time_point{count};
}

template <class Enum>
Enum take_enum(byte_cursor& in, Enum last) noexcept {
    const auto value = in.number<std::uint8_t>();
    if (value > static_cast<std::uint8_t>(last)) {
        in.fail();
        return Enum{};
    }
    return static_cast<Enum>(value);
}

model::call_times take_times(byte_cursor& in) {
    model::call_times times;
    const auto present = in.number<std::uint8_t>();
    const auto take_optional = [&](time_bits bit) {
        const auto at = take_time(in);
        return (present & bit) != 0 ? std::optional{at} : std::nullopt;
    };
    times.received = take_time(in);
    times.authorised = take_optional(has_authorised);
    times.queued = take_optional(has_queued);
    times.sent = take_optional(has_sent);
    times.answered = take_optional(has_answered);
    times.finished = take_time(in);
    return times;
}

model::caller take_caller(byte_cursor& in) {
    model::caller caller;
    caller.session.value = take_uuid(in);
    caller.principal = in.text();
    caller.client_name = in.text();
    caller.client_version = in.text();
    caller.client_type = in.text();
    caller.ip_address = in.text();
    caller.user_agent = in.text();
    return caller;
}

model::body take_body(byte_cursor& in) {
    model::body body;
    body.size = in.number<std::uint64_t>();
    const auto bits = in.number<std::uint8_t>();
    body.truncated = (bits & is_truncated) != 0;
    body.redacted = (bits & is_redacted) != 0;
    body.sha256 = in.text();
    body.bytes = in.text();
    return body;
}

} // namespace

void append_payload(std::string& out, const model::call_record& record) {
    append_uuid(out, record.id);
    append_uuid(out, record.call.value);
    append_uuid(out, record.instance.value);
    append_uuid(out, record.project.value);
    append_uuid(out, record.server.value);
    append_number(out, static_cast<std::uint32_t>(record.retention_days));
    append_number(out, static_cast<std::uint8_t>(record.path));
    append_number(out, static_cast<std::uint8_t>(record.status));
    append_number(out, static_cast<std::uint8_t>(record.failure));
    append_number(out, static_cast<std::uint64_t>(record.error_code));
    append_times(out, record.times);
    append_text(out, record.server_name);
    append_text(out, record.tool_name);
    append_caller(out, record.caller);
    append_text(out, record.request_id);
    append_text(out, record.error_message);
    append_body(out, record.arguments);
    append_body(out, record.result);
}

result<model::call_record> decode_payload(std::string_view payload) {
    byte_cursor in(payload);
    model::call_record record;
    record.id = take_uuid(in);
    record.call.value = take_uuid(in);
    record.instance.value = take_uuid(in);
    record.project.value = take_uuid(in);
    record.server.value = take_uuid(in);
    record.retention_days = static_cast<std::int32_t>(in.number<std::uint32_t>());
    record.path = take_enum(in, model::entry_path::rest);
    record.status = take_enum(in, model::call_status::cancelled);
    record.failure = take_enum(in, model::error_class::execution_error);
    record.error_code = static_cast<std::int64_t>(in.number<std::uint64_t>());
    record.times = take_times(in);
    record.server_name = in.text();
    record.tool_name = in.text();
    record.caller = take_caller(in);
    record.request_id = in.text();
    record.error_message = in.text();
    record.arguments = take_body(in);
    record.result = take_body(in);
    if (!in.ok()) {
        return error{errc::protocol_violation, "the payload is not that of a call record"};
    }
    return record;
}

} // namespace orch::storage
