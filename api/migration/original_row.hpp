#pragma once

#include "core/ids.hpp"

#include <boost/json/object.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace orch::api::migration {

/// One row of the Python system's database. Whatever a column holds, reading it never fails: what
/// is absent, null or of another kind is as if it were not there.
class original_row {
public:
    /// `json` is an object, as PostgreSQL's `to_jsonb` makes it.
    explicit original_row(std::string_view json);

    /// Empty when it is not there.
    [[nodiscard]] std::string text(std::string_view column) const;
    [[nodiscard]] bool flag(std::string_view column, bool otherwise) const;
    [[nodiscard]] std::optional<bool> flag(std::string_view column) const;
    [[nodiscard]] std::int64_t number(std::string_view column, std::int64_t otherwise) const;
    /// Times without a zone are UTC.
    [[nodiscard]] std::optional<std::chrono::system_clock::time_point>
    time(std::string_view column) const;
    /// Nil when it is no id.
    [[nodiscard]] uuid id(std::string_view column = "id") const;
    /// A JSON column; also one that holds JSON in a text. Null when it is not there.
    [[nodiscard]] boost::json::value json(std::string_view column) const;

private:
    [[nodiscard]] const boost::json::value* find(std::string_view column) const;

    boost::json::object columns_;
};

} // namespace orch::api::migration
