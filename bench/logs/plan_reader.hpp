#pragma once

#include <pqxx/connection>
#include <pqxx/errorhandler>

#include <set>
#include <string>
#include <string_view>

namespace orch::bench {

/// Has the server tell the plan of every statement of a connection, and keeps the names of what
/// was scanned. Needs a superuser; `auto_explain` comes with PostgreSQL.
class plan_reader final : public pqxx::errorhandler {
public:
    explicit plan_reader(pqxx::connection& connection);

    bool operator()(const char* message) noexcept override;
    /// The indexes of the statements so far, and `(rows of …)` for a table that was read whole.
    [[nodiscard]] std::set<std::string> take();

private:
    void read_line(std::string_view line);

    std::set<std::string> scanned_;
};

} // namespace orch::bench
