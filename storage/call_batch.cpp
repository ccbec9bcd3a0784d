#include "storage/call_batch.hpp"

#include "storage/call_columns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace orch::storage {

namespace {

/// An index entry takes at most a third of a page.
constexpr std::size_t tool_name_bytes_max = 1000;

std::int64_t to_bigint(std::uint64_t value) {
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    return static_cast<std::int64_t>(std::min<std::uint64_t>(value, most));
}

/// Hands out the columns one after the other, in the order of the table.
class column_cursor {
public:
    explicit column_cursor(std::vector<array_column>& columns) : at_(columns.begin()) {}
    array_column& next() { return *at_++; }

private:
    std::vector<array_column>::iterator at_;
};

void add_caller(column_cursor& to, const model::caller& caller) {
    to.next().optional_id(caller.session.value);
    to.next().text(caller.principal);
    to.next().text(caller.client_name);
    to.next().text(caller.client_version);
    to.next().text(caller.client_type);
    to.next().text(caller.ip_address);
    to.next().text(caller.user_agent);
}

void add_times(column_cursor& to, const model::call_times& times) {
    to.next().time(times.received);
    to.next().time(times.authorised);
    to.next().time(times.queued);
    to.next().time(times.sent);
    to.next().time(times.answered);
    to.next().time(times.finished);
}

void add_body(column_cursor& to, const model::body& body) {
    to.next().bytes(body.bytes);
    to.next().bigint(to_bigint(body.size));
    to.next().boolean(body.truncated);
    to.next().boolean(body.redacted);
    to.next().bytes(body.sha256);
}

} // namespace

call_batch::call_batch() {
    columns_.reserve(call_column_table.size());
    for (const auto& column : call_column_table) {
        columns_.emplace_back(column.type);
    }
}

void call_batch::add(const model::call_record& record) {
    column_cursor to{columns_};
    to.next().id(record.id);
    to.next().id(record.call.value);
    to.next().id(record.instance.value);
    to.next().id(record.project.value);
    to.next().integer(record.retention_days);
    to.next().optional_id(record.server.value);
    to.next().text(record.server_name);
    to.next().text(record.tool_name, tool_name_bytes_max);
    to.next().text(model::to_string(record.path));
    add_caller(to, record.caller);
    to.next().text(record.request_id);
    to.next().text(model::to_string(record.status));
    to.next().text(model::to_string(record.failure));
    to.next().bigint(record.error_code);
    to.next().text(record.error_message);
    add_times(to, record.times);
    add_body(to, record.arguments);
    add_body(to, record.result);
    search_.text(record.search_text);
}

std::vector<pqxx::binarystring> call_batch::parameters() {
    std::vector<pqxx::binarystring> out;
    out.reserve(columns_.size() + 1);
    for (auto& column : columns_) {
        out.push_back(column.parameter());
    }
    out.push_back(search_.parameter());
    return out;
}

const std::string& call_batch::insert_telling_statement() {
    static const std::string statement = insert_statement() + " RETURNING id";
    return statement;
}

const std::string& call_batch::insert_statement() {
    static const std::string statement = [] {
        std::string names;
        std::string arrays;
        for (std::size_t i = 0; i < call_column_table.size(); ++i) {
            const auto* comma = i == 0 ? "" : ", ";
            names += fmt::format("{}{}", comma, call_column_table[i].name);
            arrays += fmt::format("{}${}::{}[]", comma, i + 1, sql_name(call_column_table[i].type));
        }
        return fmt::format("INSERT INTO call_log ({}, search_text)"
                           " SELECT * FROM unnest({}, ${}::text[]) ON CONFLICT DO NOTHING",
                           names, arrays, call_column_table.size() + 1);
    }();
    return statement;
}

} // namespace orch::storage
