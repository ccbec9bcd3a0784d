#pragma once

#include "storage/sql_values.hpp"
#include "tests/support/database_fixture.hpp"

#include <pqxx/connection>
#include <pqxx/nontransaction>
#include <pqxx/result>

#include <string>
#include <string_view>

namespace orch::test {

/// How PostgreSQL would run a statement.
inline std::string plan_of(database_fixture& database, const storage::statement& wanted) {
    std::string out;
    database.run([&](pqxx::connection& live) {
        pqxx::nontransaction work{live};
        for (const auto& row :
             work.exec_params("EXPLAIN " + wanted.text, wanted.parameters.dynamic())) {
            out += std::string{row[0].c_str()} + "\n";
        }
    });
    // An index is as quick in either direction.
    constexpr std::string_view direction = " Backward";
    for (auto at = out.find(direction); at != out.npos; at = out.find(direction)) {
        out.erase(at, direction.size());
    }
    return out;
}

} // namespace orch::test
