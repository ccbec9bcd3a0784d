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

/// Where PostgreSQL counts from.
constexpr std::chrono::sys_days timestamp_epoch{std::chrono::year{2000} / 1 / 1};

template <std::integral Integer>
void append_network_order(std::string& out, Integer value) {
    const auto bits = static_cast<std::make_unsigned_t<Integer>>(value);
    for (std::size_t shift = 8 * sizeof(bits); shift > 0; shift -= 8) {
        out += static_cast<char>(bits >> (shift - 8));
    }
}

} // namespace

std::string_view sql_name(element_type type) noexcept { return row_of(type).name; }

array_column::array_column(element_type type) : type_(type) {}

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

pqxx::binarystring array_column::parameter() const {
    std::string out;
    out.reserve(20 + elements_.size());
    append_network_order(out, std::int32_t{1}); // dimensions
    append_network_order(out, static_cast<std::int32_t>(has_null_));
    append_network_order(out, row_of(type_).oid);
    append_network_order(out, count_);
    append_network_order(out, std::int32_t{1}); // the first index
    out += elements_;
    return pqxx::binarystring{out};
}

void array_column::element(std::string_view value) {
    ++count_;
    append_network_order(elements_, static_cast<std::int32_t>(value.size()));
    elements_ += value;
}

} // namespace orch::storage
