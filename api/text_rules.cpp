#include "api/text_rules.hpp"

#include "core/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace orch::api {

namespace {

/// U+202A to U+202E and U+2066 to U+2069 make a text look like another one.
bool turns_direction(std::string_view text) {
    for (auto at = text.find('\xE2'); at != std::string_view::npos;
         at = text.find('\xE2', at + 1)) {
        const auto mark = text.substr(at + 1, 2);
        if ((mark >= "\x80\xAA" && mark <= "\x80\xAE") ||
            (mark >= "\x81\xA6" && mark <= "\x81\xA9")) {
            return true;
        }
    }
    return false;
}

void check(const std::string& field, std::string_view text, text_limits limits,
           std::string_view allowed, fault_list& faults) {
    if (text.size() > limits.bytes_max) {
        faults.add(field, fmt::format("{}: longer than {} bytes", field, limits.bytes_max));
        return;
    }
    if (text.size() < limits.bytes_min) {
        faults.add(field, text.empty()
                              ? fmt::format("{}: must not be empty", field)
                              : fmt::format("{}: shorter than {} bytes", field, limits.bytes_min));
    }
    const bool plain = std::all_of(text.begin(), text.end(), [&](char c) {
        return (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F) ||
               allowed.find(c) != std::string_view::npos;
    });
    if (!plain) {
        faults.add(field, fmt::format("{}: a control character", field));
    }
    if (turns_direction(text)) {
        faults.add(field, fmt::format("{}: a character that turns the direction of text", field));
    }
    if (!is_utf8(text)) {
        faults.add(field, fmt::format("{}: not UTF-8", field));
    }
}

} // namespace

void check_line(const std::string& field, std::string_view text, text_limits limits,
                fault_list& faults) {
    check(field, text, limits, {}, faults);
}

void check_block(const std::string& field, std::string_view text, text_limits limits,
                 fault_list& faults) {
    check(field, text, limits, "\t\r\n", faults);
}

} // namespace orch::api
