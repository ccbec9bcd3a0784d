#include "storage/array_column.hpp"

#include "storage/sql_values.hpp"

#include <array>
#include <concepts>

namespace orch::storage {

namespace {

struct type_row {
    std::string_view name;
    std::uint32_t oid; ///< of pg_type.dat, where the ids of built-in types are fixed for ever
};

// In the order of element_type.
constexpr std::array<type_row, 7> type_table{{
    {"uuid", 2950},
    {"text", 25},
    {"integer", 23},
    {"bigint", 20},
    {"boolean", 16},
    {"timestamptz", 1184},
    {"bytea", 17},
}};

const type_row& row_of(element_type type) { return type_table[static_cast<std::size_t>(type)]; }

constexpr std::size_t head_bytes = 20;

/// Where PostgreSQL counts from.
constexpr std::chrono::sys_days timestamp_epoch{std::chrono::year{2000} / 1 / 1};

template <std::integral Integer>
void append_network_order(std::string& out, Integer value) {
    const auto bits = static_cast<std::make_unsigned_t<Integer>>(value);
    std::array<char, sizeof(bits)> bytes;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        bytes[i] = static_cast<char>(bits >> 8 * (bytes.size() - 1 - i));
    }
    out.append(bytes.data(), bytes.size());
}

} // namespace

std::string_view sql_name(element_type type) noexcept { return row_of(type).name; }

array_column::array_column(element_type type) : type_(type) {
    // The head, which `parameter` completes.
    elements_.assign(head_bytes, '\0');
}

void array_column::null() {
    has_null_ = true;
    ++count_;
    append_network_order(elements_, std::int32_t{-1});
}

void array_column::id(const uuid& value) {
    element({reinterpret_cast<const char*>(value.bytes.data()), value.bytes.size()});
}

void array_column::optional_id(const uuid& value) {
    if (value.is_nil()) {
        null();
    } else {
        id(value);
    }
}

void array_column::text(std::string_view value, std::size_t bytes_max) {
    if (is_clean(value, bytes_max)) {
        element(value);
    } else {
        element(clean_text(value, bytes_max));
    }
}

void array_column::integer(std::int32_t value) {
    ++count_;
    append_network_order(elements_, static_cast<std::int32_t>(sizeof(value)));
    append_network_order(elements_, value);
}

void array_column::bigint(std::int64_t value) {
    ++count_;
    append_network_order(elements_, static_cast<std::int32_t>(sizeof(value)));
    append_network_order(elements_, value);
}

void array_column::boolean(bool value) { element(value ? "\1" : std::string_view{"\0", 1}); }

void array_column::time(std::chrono::system_clock::time_point value) {
    bigint(std::chrono::floor<std::chrono::microseconds>(value - timestamp_epoch).count());
}

void array_column::time(const std::optional<std::chrono::system_clock::time_point>& value) {
    if (value) {
        time(*value);
    } else {
        null();
    }
}

void array_column::bytes(std::string_view value) { element(value); }

pqxx::binarystring array_column::parameter() {
    std::string head;
    append_network_order(head, std::int32_t{1}); // dimensions
    append_network_order(head, static_cast<std::int32_t>(has_null_));
    append_network_order(head, row_of(type_).oid);
    append_network_order(head, count_);
    append_network_order(head, std::int32_t{1}); // the first index
    elements_.replace(0, head_bytes, head);
    return pqxx::binarystring{elements_};
}

void array_column::element(std::string_view value) {
    ++count_;
    append_network_order(elements_, static_cast<std::int32_t>(value.size()));
    elements_ += value;
}

} // namespace orch::storage
