#include "storage/call_log_row.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>

namespace orch::storage {

namespace {

// In the order of `append_call`.
constexpr std::array<std::string_view, 33> text_columns{
    "id",
    "call_id",
    "instance_id",
    "project_id",
    "retention_days",
    "server_id",
    "server_name",
    "tool_name",
    "path",
    "session_id",
    "principal",
    "client_name",
    "client_version",
    "client_type",
    "ip_address",
    "user_agent",
    "request_id",
    "status",
    "failure",
    "error_code",
    "error_message",
    "received_at",
    "authorised_at",
    "queued_at",
    "sent_at",
    "answered_at",
    "finished_at",
    "arguments_size",
    "arguments_truncated",
    "arguments_redacted",
    "result_size",
    "result_truncated",
    "result_redacted",
};
constexpr std::array<std::string_view, 4> binary_columns{"arguments", "arguments_sha256", "result",
                                                         "result_sha256"};
/// An index entry takes at most a third of a page.
constexpr std::size_t tool_name_bytes_max = 1000;

void append_placeholders(std::string& out, std::size_t first, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
        fmt::format_to(std::back_inserter(out), "{}${}", i == 0 ? "" : ",", first + i);
    }
}

std::int64_t to_bigint(std::uint64_t value) {
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    return static_cast<std::int64_t>(std::min<std::uint64_t>(value, most));
}

void append_caller(parameter_list& out, const model::caller& caller) {
    out.optional_id(caller.session.value);
    out.text(caller.principal);
    out.text(caller.client_name);
    out.text(caller.client_version);
    out.text(caller.client_type);
    out.text(caller.ip_address);
    out.text(caller.user_agent);
}

void append_times(parameter_list& out, const model::call_times& times) {
    out.time(times.received);
    out.time(times.authorised);
    out.time(times.queued);
    out.time(times.sent);
    out.time(times.answered);
    out.time(times.finished);
}

void append_body(call_row_values& out, const model::body& body) {
    out.text.integer(to_bigint(body.size));
    out.text.boolean(body.truncated);
    out.text.boolean(body.redacted);
    out.binary.push_back(binary(body.bytes));
    out.binary.push_back(binary(body.sha256));
}

/// Takes the fields of a row one after the other, in the order of the columns above.
class field_reader {
public:
    explicit field_reader(const pqxx::row& row) : row_(row) {}
    pqxx::field next() { return row_[at_++]; }
    uuid id() { return read_id(next()); }
    std::string text() { return read_text(next()); }
    bool boolean() { return next().as<bool>(); }
    std::int64_t integer() { return next().as<std::int64_t>(); }

private:
    const pqxx::row& row_;
    pqxx::row::size_type at_ = 0;
};

model::caller read_caller(field_reader& in) {
    model::caller out;
    out.session.value = in.id();
    out.principal = in.text();
    out.client_name = in.text();
    out.client_version = in.text();
    out.client_type = in.text();
    out.ip_address = in.text();
    out.user_agent = in.text();
    return out;
}

model::call_times read_times(field_reader& in) {
    model::call_times out;
    out.received = read_time(in.next());
    out.authorised = read_optional_time(in.next());
    out.queued = read_optional_time(in.next());
    out.sent = read_optional_time(in.next());
    out.answered = read_optional_time(in.next());
    out.finished = read_time(in.next());
    return out;
}

model::body read_body_size(field_reader& in) {
    model::body out;
    out.size = static_cast<std::uint64_t>(in.integer());
    out.truncated = in.boolean();
    out.redacted = in.boolean();
    return out;
}

void read_body_bytes(model::body& out, field_reader& in) {
    out.bytes = read_bytes(in.next());
    out.sha256 = read_bytes(in.next());
}

} // namespace

std::string insert_calls_statement(std::size_t rows) {
    std::string out = fmt::format("INSERT INTO call_log ({}, {}) VALUES ",
                                  fmt::join(text_columns, ", "), fmt::join(binary_columns, ", "));
    for (std::size_t row = 0; row < rows; ++row) {
        out += row == 0 ? "(" : ",(";
        append_placeholders(out, 1 + row * text_columns.size(), text_columns.size());
        out += ',';
        append_placeholders(out, 1 + rows * text_columns.size() + row * binary_columns.size(),
                            binary_columns.size());
        out += ')';
    }
    return out += " ON CONFLICT DO NOTHING";
}

void append_call(call_row_values& out, const model::call_record& record) {
    auto& text = out.text;
    text.id(record.id);
    text.id(record.call.value);
    text.id(record.instance.value);
    text.id(record.project.value);
    text.integer(record.retention_days);
    text.optional_id(record.server.value);
    text.text(record.server_name);
    text.text(record.tool_name, tool_name_bytes_max);
    text.name(model::to_string(record.path));
    append_caller(text, record.caller);
    text.text(record.request_id);
    text.name(model::to_string(record.status));
    text.name(model::to_string(record.failure));
    text.integer(record.error_code);
    text.text(record.error_message);
    append_times(text, record.times);
    append_body(out, record.arguments);
    append_body(out, record.result);
}

const std::string& call_columns() {
    static const std::string columns = [] {
        std::string out;
        for (const auto column : text_columns) {
            out += column.ends_with("_at") ? time_column(column) : std::string{column};
            out += ", ";
        }
        return out + fmt::format("{}", fmt::join(binary_columns, ", "));
    }();
    return columns;
}

model::call_record read_call(const pqxx::row& row) {
    field_reader in{row};
    model::call_record out;
    out.id = in.id();
    out.call.value = in.id();
    out.instance.value = in.id();
    out.project.value = in.id();
    out.retention_days = static_cast<int>(in.integer());
    out.server.value = in.id();
    out.server_name = in.text();
    out.tool_name = in.text();
    out.path = model::parse_entry_path(in.text()).value_or(model::entry_path::server_sse);
    out.caller = read_caller(in);
    out.request_id = in.text();
    out.status = model::parse_call_status(in.text()).value_or(model::call_status::error);
    out.failure = model::parse_error_class(in.text()).value_or(model::error_class::none);
    out.error_code = in.integer();
    out.error_message = in.text();
    out.times = read_times(in);
    out.arguments = read_body_size(in);
    out.result = read_body_size(in);
    read_body_bytes(out.arguments, in);
    read_body_bytes(out.result, in);
    return out;
}

} // namespace orch::storage
