#include "api/page_cursor.hpp"

#include "crypto/digest.hpp"
#include "crypto/encoding.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace orch::api {

namespace {

constexpr std::size_t tag_bytes = 8;
constexpr std::size_t id_bytes = sizeof(uuid::bytes);
constexpr std::size_t time_bytes = 8;
constexpr std::array<std::string_view, 5> paging{"cursor", "page", "page_size", "limit",
                                                 "project_id"};

void append_number(std::string& out, std::uint64_t value) {
    for (int shift = 56; shift >= 0; shift -= 8) {
        out += static_cast<char>(value >> shift & 0xffU);
    }
}

std::uint64_t read_big_endian(std::string_view bytes) noexcept {
    std::uint64_t value = 0;
    for (const char c : bytes) {
        value = value << 8U | static_cast<unsigned char>(c);
    }
    return value;
}

} // namespace

std::string query_tag(std::string_view scope, const net::header_list& query) {
    net::header_list asked;
    std::copy_if(query.begin(), query.end(), std::back_inserter(asked), [](const auto& parameter) {
        return !parameter.second.empty() &&
               std::find(paging.begin(), paging.end(), parameter.first) == paging.end();
    });
    std::sort(asked.begin(), asked.end());
    std::string text;
    append_number(text, scope.size());
    text.append(scope);
    for (const auto& [name, value] : asked) {
        // Lengths keep one list of texts from reading like another.
        append_number(text, name.size());
        append_number(text, value.size());
        text.append(name).append(value);
    }
    return crypto::sha256(text).substr(0, tag_bytes);
}

std::string print_cursor(const page_cursor& cursor, std::string_view tag) {
    std::string bytes{tag};
    bytes.append(cursor.before.bytes.begin(), cursor.before.bytes.end());
    append_number(
        bytes,
        static_cast<std::uint64_t>(
            std::chrono::floor<std::chrono::milliseconds>(cursor.from).time_since_epoch().count()));
    return crypto::to_base64url(bytes);
}

std::optional<page_cursor> read_cursor(std::string_view text, std::string_view tag) {
    const auto bytes = crypto::from_base64url(text);
    if (!bytes || bytes->size() != tag_bytes + id_bytes + time_bytes || !bytes->starts_with(tag)) {
        return std::nullopt;
    }
    page_cursor cursor;
    std::memcpy(cursor.before.bytes.data(), bytes->data() + tag_bytes, id_bytes);
    const auto from = static_cast<std::int64_t>(
        read_big_endian(std::string_view(*bytes).substr(tag_bytes + id_bytes)));
    constexpr std::int64_t from_max = 1LL << 46; // what the time of a version 7 id can hold
    if (from < 0 || from > from_max) {
        return std::nullopt;
    }
    cursor.from = std::chrono::system_clock::time_point(std::chrono::milliseconds(from));
    return cursor;
}

} // namespace orch::api
