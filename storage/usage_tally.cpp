#include "storage/usage_tally.hpp"

#include "storage/array_column.hpp"
#include "storage/sql_values.hpp"

#include <pqxx/connection>
#include <pqxx/transaction>

#include <algorithm>
#include <array>
#include <limits>

namespace orch::storage {

namespace {

constexpr const char* store_name = "store_usage";
/// An index entry takes at most a third of a page; ours are far shorter.
constexpr std::size_t principal_bytes_max = 256;
constexpr std::uint64_t most = std::numeric_limits<std::int64_t>::max();

void add_to(std::uint64_t& sum, std::uint64_t value) { sum += std::min(value, most - sum); }

/// The id in `principal` when it is `kind` and an id; else nil.
uuid id_in(std::string_view principal, std::string_view kind) {
    return principal.starts_with(kind) ? uuid::parse(principal.substr(kind.size())).value_or(uuid{})
                                       : uuid{};
}

/// In the order of the table.
std::array<std::uint64_t, 7> columns_of(const usage_counts& counts) {
    return {counts.calls,         counts.successes,      counts.errors,      counts.timeouts,
            counts.cancellations, counts.argument_bytes, counts.result_bytes};
}

} // namespace

void usage_tally::add(const model::call_record& record) {
    const auto& principal = record.caller.principal;
    auto& counts = rows_[{
        std::chrono::floor<std::chrono::days>(record.id.timestamp()), record.project,
        is_clean(principal, principal_bytes_max) ? principal
                                                 : clean_text(principal, principal_bytes_max)}];
    ++counts.calls;
    switch (record.status) {
    case model::call_status::success: ++counts.successes; break;
    case model::call_status::error: ++counts.errors; break;
    case model::call_status::timeout: ++counts.timeouts; break;
    case model::call_status::cancelled: ++counts.cancellations; break;
    }
    add_to(counts.argument_bytes, record.arguments.size);
    add_to(counts.result_bytes, record.result.size);
}

void usage_tally::prepare(pqxx::connection& connection) {
    // A key's maker is looked up now: later the key may be gone.
    connection.prepare(
        store_name,
        "INSERT INTO usage_daily AS stored SELECT DATE '1970-01-01' + added.day,"
        " added.project_id, added.principal, coalesce(added.user_id, api_keys.created_by),"
        " added.calls, added.successes, added.errors, added.timeouts, added.cancellations,"
        " added.argument_bytes, added.result_bytes"
        " FROM unnest($1::integer[], $2::uuid[], $3::text[], $4::uuid[], $5::uuid[], $6::bigint[],"
        " $7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[], $12::bigint[])"
        " AS added(day, project_id, principal, user_id, key_id, calls, successes, errors, timeouts,"
        " cancellations, argument_bytes, result_bytes)"
        " LEFT JOIN api_keys ON api_keys.id = added.key_id"
        " ON CONFLICT (project_id, day, principal) DO UPDATE SET"
        " user_id = coalesce(stored.user_id, excluded.user_id),"
        " calls = stored.calls + excluded.calls,"
        " successes = stored.successes + excluded.successes,"
        " errors = stored.errors + excluded.errors,"
        " timeouts = stored.timeouts + excluded.timeouts,"
        " cancellations = stored.cancellations + excluded.cancellations,"
        // Sizes are what others say: their sum must not be able to refuse a call.
        " argument_bytes = least(stored.argument_bytes::numeric + excluded.argument_bytes,"
        " 9223372036854775807)::bigint,"
        " result_bytes = least(stored.result_bytes::numeric + excluded.result_bytes,"
        " 9223372036854775807)::bigint");
}

void usage_tally::store(pqxx::transaction_base& work) const {
    if (rows_.empty()) {
        return;
    }
    using enum element_type;
    std::vector<array_column> columns;
    for (const auto type : {integer, uuid, text, uuid, uuid}) {
        columns.emplace_back(type);
    }
    constexpr std::size_t keys = 5;
    columns.resize(keys + columns_of({}).size(), array_column(bigint));
    for (const auto& [key, counts] : rows_) {
        columns[0].integer(static_cast<std::int32_t>(key.day.time_since_epoch().count()));
        columns[1].id(key.project.value);
        columns[2].text(key.principal);
        columns[3].optional_id(id_in(key.principal, "user:"));
        columns[4].optional_id(id_in(key.principal, "key:"));
        auto at = columns.begin() + keys;
        for (const auto count : columns_of(counts)) {
            (at++)->bigint(static_cast<std::int64_t>(count));
        }
    }
    std::vector<pqxx::binarystring> values;
    values.reserve(columns.size());
    for (auto& column : columns) {
        values.push_back(column.parameter());
    }
    work.exec_prepared0(store_name, pqxx::prepare::make_dynamic_params(values));
}

} // namespace orch::storage
