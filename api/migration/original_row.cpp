#include "api/migration/original_row.hpp"

#include "api/timestamps.hpp"

#include <boost/json/parse.hpp>

namespace orch::api::migration {

namespace json = boost::json;

original_row::original_row(std::string_view text) {
    boost::system::error_code failure;
    auto parsed = json::parse(text, failure);
    if (!failure && parsed.is_object()) {
        columns_ = std::move(parsed.get_object());
    }
}

const json::value* original_row::find(std::string_view column) const {
    const auto* found = columns_.if_contains(column);
    return found != nullptr && !found->is_null() ? found : nullptr;
}

std::string original_row::text(std::string_view column) const {
    const auto* found = find(column);
    return found != nullptr && found->is_string() ? std::string(found->get_string())
                                                  : std::string{};
}

std::optional<bool> original_row::flag(std::string_view column) const {
    const auto* found = find(column);
    return found != nullptr && found->is_bool() ? std::optional(found->get_bool()) : std::nullopt;
}

bool original_row::flag(std::string_view column, bool otherwise) const {
    return flag(column).value_or(otherwise);
}

std::int64_t original_row::number(std::string_view column, std::int64_t otherwise) const {
    const auto* found = find(column);
    return found != nullptr && found->is_int64() ? found->get_int64() : otherwise;
}

std::optional<std::chrono::system_clock::time_point>
original_row::time(std::string_view column) const {
    auto given = text(column);
    if (given.empty()) {
        return std::nullopt;
    }
    const bool has_zone = given.ends_with('Z') || given.find('+') != std::string::npos;
    return parse_rfc3339(has_zone ? given : given + "Z");
}

uuid original_row::id(std::string_view column) const {
    return uuid::parse(text(column)).value_or(uuid{});
}

json::value original_row::json(std::string_view column) const {
    const auto* found = find(column);
    if (found == nullptr) {
        return nullptr;
    }
    if (!found->is_string()) {
        return *found;
    }
    boost::system::error_code failure;
    auto parsed = json::parse(found->get_string(), failure);
    return failure ? json::value(nullptr) : std::move(parsed);
}

} // namespace orch::api::migration
