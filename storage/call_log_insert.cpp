#include "core/byte_sizes.hpp"
#include "storage/call_batch.hpp"
#include "storage/call_day.hpp"
#include "storage/call_log_store.hpp"
#include "storage/retention.hpp"
#include "storage/sql_values.hpp"
#include "storage/usage_tally.hpp"

#include <fmt/format.h>
#include <pqxx/connection>
#include <pqxx/except>
#include <pqxx/nontransaction>
#include <pqxx/result>
#include <pqxx/transaction>

#include <algorithm>
#include <chrono>
#include <map>
#include <set>
#include <span>

namespace orch::storage {

namespace {

using records_view = std::span<const model::call_record>;

/// A piece ends with the row that reaches one of these.
struct piece_limits {
    std::size_t rows_max;
    std::size_t bytes_max;
};
constexpr piece_limits of_statement{512, 4 * mib};
/// Several statements, since the fewer transactions there are, the fewer days are counted up.
constexpr piece_limits of_transaction{4'096, 16 * mib};
constexpr const char* insert_name = "insert_calls";
constexpr const char* insert_telling_name = "insert_calls_telling";
constexpr std::string_view partition_lock = "6724103518274619003";

/// What no retry can mend and no partition would hold; empty when the record may be stored.
std::string reason_to_refuse(const model::call_record& record) {
    if (std::find(retention_classes.begin(), retention_classes.end(), record.retention_days) ==
        retention_classes.end()) {
        return fmt::format("retention of {} days is not 7, 30, 90 or 365", record.retention_days);
    }
    if (record.id.bytes[6] >> 4 != 7) {
        return "the row id is not a version 7 UUID";
    }
    return {};
}

std::map<call_day, std::string> days_of(records_view records) {
    std::map<call_day, std::string> out;
    for (const auto& record : records) {
        const call_day day{record.retention_days,
                           std::chrono::floor<std::chrono::days>(record.id.timestamp())};
        if (auto [place, added] = out.try_emplace(day); added) {
            place->second = day.table();
        }
    }
    return out;
}

bool all_present(pqxx::connection& connection, const std::map<call_day, std::string>& days) {
    std::vector<std::string> tables;
    tables.reserve(days.size());
    for (const auto& [day, table] : days) {
        tables.push_back(table);
    }
    pqxx::nontransaction work{connection};
    return work
        .exec_params1("SELECT bool_and(to_regclass(name) IS NOT NULL)"
                      " FROM unnest($1::text[]) AS name",
                      array_text(tables))[0]
        .as<bool>();
}

/// In a transaction of its own: creating a partition locks its parent, and an insert that held
/// its own lock meanwhile could meet another one doing the same.
void ensure_days(pqxx::connection& connection, records_view records) {
    const auto days = days_of(records);
    if (all_present(connection, days)) {
        return;
    }
    pqxx::work work{connection};
    work.exec1(fmt::format("SELECT pg_advisory_xact_lock({})", partition_lock));
    for (const auto& [day, table] : days) {
        work.exec0(day.creation());
    }
    work.commit();
}

call_batch batch_of(records_view records) {
    call_batch batch;
    for (const auto& record : records) {
        batch.add(record);
    }
    return batch;
}

/// Adds those of `records` that are new: their ids are `inserted`.
void add_new(records_view records, const pqxx::result& inserted, usage_tally& to) {
    std::set<uuid> fresh;
    for (const auto& row : inserted) {
        fresh.insert(read_id(row[0]));
    }
    for (const auto& record : records) {
        // Taken out: a record that stands there twice is in the log once.
        if (fresh.erase(record.id) > 0) {
            to.add(record);
        }
    }
}

/// How many records off the front of `records` go together; at least one.
std::size_t piece_size(records_view records, const piece_limits& limits) {
    std::size_t count = 0;
    std::size_t bytes = 0;
    while (count < std::min(records.size(), limits.rows_max) && bytes < limits.bytes_max) {
        bytes += records[count].arguments.bytes.size() + records[count].result.bytes.size();
        ++count;
    }
    return count;
}

pqxx::result insert_piece(pqxx::work& work, const char* statement, records_view piece) {
    const auto values = batch_of(piece).parameters();
    return work.exec_prepared(statement, pqxx::prepare::make_dynamic_params(values));
}

/// Calls and what they add to the days in one transaction: whatever becomes of it, a batch that
/// comes again finds both or neither. Says how many are new.
std::size_t insert_batch_again(pqxx::connection& connection, records_view records) {
    pqxx::work work{connection};
    usage_tally tally;
    std::size_t count = 0;
    while (!records.empty()) {
        const auto piece = records.first(piece_size(records, of_statement));
        const auto inserted = insert_piece(work, insert_telling_name, piece);
        add_new(piece, inserted, tally);
        count += inserted.size();
        records = records.subspan(piece.size());
    }
    tally.store(work);
    work.commit();
    return count;
}

/// The same for calls that are all new, which nearly all are: their ids need not come back. False,
/// and nothing is done, when one of them is there already.
bool insert_new_batch(pqxx::connection& connection, records_view records) {
    pqxx::work work{connection};
    usage_tally tally;
    while (!records.empty()) {
        const auto piece = records.first(piece_size(records, of_statement));
        if (insert_piece(work, insert_name, piece).affected_rows() != piece.size()) {
            work.abort();
            return false;
        }
        std::for_each(piece.begin(), piece.end(), [&](const auto& record) { tally.add(record); });
        records = records.subspan(piece.size());
    }
    tally.store(work);
    work.commit();
    return true;
}

std::size_t insert_batch(pqxx::connection& connection, records_view records) {
    return insert_new_batch(connection, records) ? records.size()
                                                 : insert_batch_again(connection, records);
}

/// Says that the row is at fault: data, constraint or size, not the server's condition.
bool blames_row(const pqxx::sql_error& failure) {
    const std::string_view state = failure.sqlstate();
    return state.starts_with("22") || state.starts_with("23") || state.starts_with("54");
}

/// Says that the statement took too long, which one of half the size may not.
bool blames_size(const pqxx::sql_error& failure) { return failure.sqlstate() == "57014"; }

std::string message_of(const pqxx::sql_error& failure) {
    const std::string_view text = failure.what();
    return std::string{text.substr(0, text.find('\n'))};
}

/// In halves where the whole fails, so that a row at fault is found in few steps.
void insert_rows(pqxx::connection& connection, records_view records, insert_report& report) {
    try {
        report.inserted += insert_batch(connection, records);
        return;
    } catch (const pqxx::sql_error& failure) {
        if (!blames_row(failure) && (!blames_size(failure) || records.size() == 1)) {
            throw;
        }
        if (records.size() == 1) {
            report.refused.push_back({records.front().id, message_of(failure)});
            return;
        }
    }
    const auto half = records.size() / 2;
    insert_rows(connection, records.first(half), report);
    insert_rows(connection, records.subspan(half), report);
}

void insert_sound(pqxx::connection& connection, records_view records, insert_report& report) {
    if (records.empty()) {
        return;
    }
    ensure_days(connection, records);
    connection.prepare(insert_name, call_batch::insert_statement());
    connection.prepare(insert_telling_name, call_batch::insert_telling_statement());
    usage_tally::prepare(connection);
    while (!records.empty()) {
        const auto count = piece_size(records, of_transaction);
        insert_rows(connection, records.first(count), report);
        records = records.subspan(count);
    }
}

} // namespace

insert_report insert_calls(pqxx::connection& connection,
                           const std::vector<model::call_record>& records) {
    insert_report report;
    for (const auto& record : records) {
        if (auto reason = reason_to_refuse(record); !reason.empty()) {
            report.refused.push_back({record.id, std::move(reason)});
        }
    }
    if (report.refused.empty()) {
        insert_sound(connection, records, report);
        return report;
    }
    std::vector<model::call_record> sound;
    std::copy_if(records.begin(), records.end(), std::back_inserter(sound),
                 [](const model::call_record& record) { return reason_to_refuse(record).empty(); });
    insert_sound(connection, sound, report);
    return report;
}

} // namespace orch::storage
