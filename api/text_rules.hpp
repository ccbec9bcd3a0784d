#pragma once

#include "api/fault_list.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace orch::api {

/// How long a text may be, in bytes.
struct text_limits {
    std::size_t bytes_max = 255;
    std::size_t bytes_min = 0;
};

/// Notes what is wrong with text that stands in one line: its length, a control character, bytes
/// that are not UTF-8.
void check_line(const std::string& field, std::string_view text, text_limits limits,
                fault_list& faults);
/// The same for text that may have line breaks and tabs.
void check_block(const std::string& field, std::string_view text, text_limits limits,
                 fault_list& faults);

} // namespace orch::api
