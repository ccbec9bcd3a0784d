#include "storage/migrator.hpp"

#include "storage/database.hpp"
#include "storage/sql_values.hpp"

#include <fmt/format.h>
#include <pqxx/connection>
#include <pqxx/nontransaction>
#include <pqxx/result>
#include <pqxx/transaction>

#include <algorithm>
#include <map>

namespace orch::storage {

namespace {

/// Keys of advisory locks, unlikely to be anyone else's in a shared database.
constexpr std::string_view migration_lock = "6724103518274619001";
constexpr std::string_view instance_lock = "6724103518274619002";

struct applied_migration {
    std::string name;
    std::string checksum;
};
using history = std::map<int, applied_migration>;

/// Only one starter is past this line until its transaction ends. No time limit of statements
/// holds here: an index on a large table takes what it takes.
void lock_schema(pqxx::work& work) {
    work.exec0("SET LOCAL statement_timeout = 0");
    work.exec1(fmt::format("SELECT pg_advisory_xact_lock({})", migration_lock));
}

history read_history(pqxx::work& work) {
    work.exec0("CREATE TABLE IF NOT EXISTS schema_migrations (number integer PRIMARY KEY,"
               " name text NOT NULL, checksum text NOT NULL,"
               " applied_at timestamptz(6) NOT NULL DEFAULT now())");
    history out;
    for (const auto& row : work.exec("SELECT number, name, checksum FROM schema_migrations")) {
        out[row[0].as<int>()] = {row[1].c_str(), row[2].c_str()};
    }
    return out;
}

std::string checksum_of(pqxx::work& work, const migration& step) {
    const std::string bytes{step.sql};
    return work.exec_params1("SELECT encode(sha256($1), 'hex')", binary(bytes))[0].c_str();
}

/// Why this binary must not touch the database; empty when it may.
std::string refusal(pqxx::work& work, const history& applied, const std::vector<migration>& known) {
    const int newest = known.empty() ? 0 : known.back().number;
    if (!applied.empty() && applied.rbegin()->first > newest) {
        return fmt::format("the database has schema {}, newer than {} which this program knows; "
                           "start the program that wrote it, or a later one",
                           applied.rbegin()->first, newest);
    }
    for (const auto& step : known) {
        const auto found = applied.find(step.number);
        if (found != applied.end() && found->second.checksum != checksum_of(work, step)) {
            return fmt::format("migration {:04} ({}) was applied to the database with another "
                               "content; the schema is not the one that this program expects",
                               step.number, step.name);
        }
    }
    return {};
}

void apply(pqxx::work& work, const migration& step) {
    work.exec(std::string{step.sql});
    work.exec_params0("INSERT INTO schema_migrations (number, name, checksum) VALUES ($1, $2, $3)",
                      step.number, std::string{step.name}, checksum_of(work, step));
}

enum class step_outcome { applied, nothing_left, refused };

/// One transaction: everything or nothing, also when the process ends in its middle.
step_outcome apply_next(pqxx::connection& connection, const std::vector<migration>& known,
                        std::string& reason) {
    pqxx::work work{connection};
    lock_schema(work);
    const auto applied = read_history(work);
    reason = refusal(work, applied, known);
    if (!reason.empty()) {
        return step_outcome::refused;
    }
    const auto next = std::find_if(known.begin(), known.end(), [&applied](const migration& step) {
        return !applied.contains(step.number);
    });
    if (next != known.end()) {
        apply(work, *next);
    }
    work.commit();
    return next == known.end() ? step_outcome::nothing_left : step_outcome::applied;
}

} // namespace

result<int> migrate(pqxx::connection& connection, const std::vector<migration>& known) {
    int count = 0;
    auto outcome = step_outcome::applied;
    std::string reason;
    const auto ran = guarded([&] {
        while ((outcome = apply_next(connection, known, reason)) == step_outcome::applied) {
            ++count;
        }
    });
    if (!ran) {
        return error{ran.error().code, "database migration failed: " + ran.error().detail};
    }
    if (outcome == step_outcome::refused) {
        return error{errc::conflict, reason};
    }
    return count;
}

result<int> migrate(pqxx::connection& connection) { return migrate(connection, migrations()); }

result<void> claim_database(pqxx::connection& connection) {
    bool claimed = false;
    const auto asked = guarded([&] {
        pqxx::nontransaction work{connection};
        claimed =
            work.exec1(fmt::format("SELECT pg_try_advisory_lock({})", instance_lock))[0].as<bool>();
    });
    if (!asked) {
        return asked.error();
    }
    if (!claimed) {
        return error{errc::conflict, "another instance of mcp-orch uses this database; stop it or "
                                     "give this one a database of its own"};
    }
    return {};
}

} // namespace orch::storage
