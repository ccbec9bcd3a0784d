#pragma once

#include "core/timestamp.hpp"
#include "core/uuid.hpp"

#include <pqxx/binarystring>
#include <pqxx/field>
#include <pqxx/prepared_statement>

#include <chrono>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace orch::storage {

/// `text` as PostgreSQL accepts it: NUL bytes and bytes that are not UTF-8 become U+FFFD, and what
/// is over `bytes_max` is cut between two characters.
[[nodiscard]] std::string clean_text(std::string_view text,
                                     std::size_t bytes_max = std::string::npos);
/// Whether `clean_text` would leave `text` as it is.
[[nodiscard]] bool is_clean(std::string_view text,
                            std::size_t bytes_max = std::string::npos) noexcept;
/// The literal of a `text[]`, elements cleaned.
[[nodiscard]] std::string array_text(const std::vector<std::string>& elements);

/// The pattern of LIKE for what contains `text`.
[[nodiscard]] std::string contains_pattern(std::string_view text);
/// The names of enumerators, for a `text[]`.
template <class Enum>
[[nodiscard]] std::vector<std::string> names_of(const std::vector<Enum>& values) {
    std::vector<std::string> names;
    names.reserve(values.size());
    for (const auto value : values) {
        names.emplace_back(to_string(value));
    }
    return names;
}

/// Values of a statement's placeholders, in order. Text values only; each `add` returns the
/// number of its placeholder. `text` borrows clean strings: they must outlive the list.
class parameter_list {
public:
    parameter_list() = default;
    parameter_list(parameter_list&&) = default;
    parameter_list& operator=(parameter_list&&) = default;

    int null();
    int text(const std::string& value, std::size_t bytes_max = std::string::npos);
    /// A string that is known to be clean and ends with its terminator: enum names.
    int name(std::string_view value) { return own(std::string{value}); }
    /// Cleaned as `clean_text` does.
    int owned(std::string_view value) { return own(clean_text(value)); }
    int boolean(bool value) { return borrow(value ? "true" : "false"); }
    int integer(std::int64_t value) { return own(std::to_string(value)); }
    int id(const uuid& value) { return own(value.to_string()); }
    /// NULL when nil.
    int optional_id(const uuid& value) { return value.is_nil() ? null() : id(value); }
    int time(std::chrono::system_clock::time_point value) { return own(to_rfc3339(value)); }
    int time(const std::optional<std::chrono::system_clock::time_point>& value);
    int array(const std::vector<std::string>& elements) { return own(array_text(elements)); }

    [[nodiscard]] const std::vector<const char*>& values() const noexcept { return values_; }
    [[nodiscard]] auto dynamic() const { return pqxx::prepare::make_dynamic_params(values_); }

private:
    int own(std::string value);
    int borrow(const char* value);

    std::deque<std::string> owned_;
    std::vector<const char*> values_;
};

/// SQL text with the values of its placeholders.
struct statement {
    std::string text;
    parameter_list parameters;
};

/// A bytea for a placeholder; never NULL. Copies the bytes.
[[nodiscard]] pqxx::binarystring binary(const std::string& bytes);

/// `column` of type timestamptz as the microseconds that `read_time` takes.
[[nodiscard]] std::string time_column(std::string_view column);
[[nodiscard]] std::chrono::system_clock::time_point read_time(const pqxx::field& field);
[[nodiscard]] std::optional<std::chrono::system_clock::time_point>
read_optional_time(const pqxx::field& field);
/// Nil for NULL.
[[nodiscard]] uuid read_id(const pqxx::field& field);
[[nodiscard]] std::string read_text(const pqxx::field& field);
[[nodiscard]] std::string read_bytes(const pqxx::field& field);
[[nodiscard]] std::vector<std::string> read_array(const pqxx::field& field);

} // namespace orch::storage
