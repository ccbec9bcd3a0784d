#include "storage/call_log_row.hpp"

#include "storage/call_columns.hpp"
#include "storage/call_log_store.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace orch::storage {

namespace {

/// Takes the fields of a row one after the other, in the order of the columns.
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

model::body read_body(field_reader& in) {
    model::body out;
    out.bytes = read_bytes(in.next());
    out.size = static_cast<std::uint64_t>(in.integer());
    out.truncated = in.boolean();
    out.redacted = in.boolean();
    out.sha256 = read_bytes(in.next());
    return out;
}

/// All columns; of those that are `cut` only the beginning.
std::string column_list(std::span<const std::string_view> cut) {
    std::string out;
    for (const auto& [name, type] : call_column_table) {
        out += out.empty() ? "" : ", ";
        if (std::find(cut.begin(), cut.end(), name) != cut.end()) {
            out += fmt::format("substr({}, 1, {})", name, call_preview_bytes);
        } else {
            out += type == element_type::timestamptz ? time_column(name) : std::string{name};
        }
    }
    return out;
}

} // namespace

const std::string& call_columns() {
    static const std::string columns = column_list({});
    return columns;
}

const std::string& preview_call_columns() {
    static constexpr std::array<std::string_view, 2> bodies{"arguments", "result"};
    static const std::string columns = column_list(bodies);
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
    out.arguments = read_body(in);
    out.result = read_body(in);
    return out;
}

} // namespace orch::storage
