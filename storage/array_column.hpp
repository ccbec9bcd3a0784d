#pragma once

#include "core/uuid.hpp"

#include <pqxx/binarystring>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace orch::storage {

/// What an element of an array parameter is in PostgreSQL.
enum class element_type { uuid, text, integer, bigint, boolean, timestamptz, bytea };

/// The type's name in SQL.
[[nodiscard]] std::string_view sql_name(element_type type) noexcept;

/// One column of many rows as a single parameter: a one-dimensional array in PostgreSQL's binary
/// format. A batch then needs as many parameters as it has columns, and no value is turned into
/// text and back. Only the setters of the type that it was made with may be called.
/// Format: array_recv, int8recv, timestamptz_recv … of PostgreSQL's backend; all in network order.
class array_column {
public:
    explicit array_column(element_type type);

    void null();
    void id(const uuid& value);
    /// NULL when nil.
    void optional_id(const uuid& value);
    /// Cleaned and cut as `clean_text` does.
    void text(std::string_view value, std::size_t bytes_max = std::string::npos);
    void integer(std::int32_t value);
    void bigint(std::int64_t value);
    void boolean(bool value);
    /// Rounded down to microseconds, the precision of a timestamptz.
    void time(std::chrono::system_clock::time_point value);
    void time(const std::optional<std::chrono::system_clock::time_point>& value);
    void bytes(std::string_view value);

    /// The array of all elements so far. Copies them.
    [[nodiscard]] pqxx::binarystring parameter();

private:
    void element(std::string_view value);

    element_type type_;
    std::uint32_t count_ = 0;
    bool has_null_ = false;
    /// Behind room for the head of the array.
    std::string elements_;
};

} // namespace orch::storage
