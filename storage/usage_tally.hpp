#pragma once

#include "core/model/observation.hpp"
#include "storage/pqxx_fwd.hpp"

#include <chrono>
#include <compare>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace orch::storage {

/// Calls by how they ended, and what they carried. The four parts add up to `calls`. Sums stop at
/// the largest number that a column holds.
struct usage_counts {
    std::uint64_t calls = 0;
    std::uint64_t successes = 0;
    std::uint64_t errors = 0;
    std::uint64_t timeouts = 0;
    std::uint64_t cancellations = 0;
    /// Of arguments and results as they were sent, before anything was cut.
    std::uint64_t argument_bytes = 0;
    std::uint64_t result_bytes = 0;
};

/// What the calls of one batch add to the days: counted in memory, then one statement for all.
class usage_tally {
public:
    void add(const model::call_record& record);
    /// Adds everything to `usage_daily`. In the transaction that stores the calls, so that they are
    /// counted when they are there and never twice. Throws what libpqxx throws.
    void store(pqxx::transaction_base& work) const;

    /// Makes `store` ready on a connection; again does no harm.
    static void prepare(pqxx::connection& connection);

private:
    struct row {
        std::chrono::sys_days day;
        project_id project;
        /// As PostgreSQL takes it.
        std::string principal;

        auto operator<=>(const row&) const = default;
    };

    std::map<row, usage_counts> rows_;
};

} // namespace orch::storage
