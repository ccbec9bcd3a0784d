#include "app/cli/text_table.hpp"

#include <algorithm>

namespace orch::app::cli {

namespace {

bool is_control(unsigned char c) { return c < 0x20 || c == 0x7f; }

// Code points; good enough where names are ASCII and only messages are not.
std::size_t width_of(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) >> 6) != 2;
    }));
}

} // namespace

std::string printable(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        const auto next = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0U;
        // U+0080..U+009F steer terminals as well; in UTF-8 they begin with C2.
        const bool wide_control = c == 0xc2 && next >= 0x80 && next < 0xa0;
        out.push_back(is_control(c) || wide_control ? ' ' : text[i]);
        i += wide_control ? 1 : 0;
    }
    return out;
}

std::string text_table(const std::vector<std::vector<std::string>>& rows) {
    std::vector<std::size_t> widths;
    for (const auto& row : rows) {
        widths.resize(std::max(widths.size(), row.size()));
        for (std::size_t i = 0; i < row.size(); ++i) {
            widths[i] = std::max(widths[i], width_of(printable(row[i])));
        }
    }
    std::string out;
    for (const auto& row : rows) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i) {
            const auto cell = printable(row[i]);
            line.append(cell).append(widths[i] + 2 - width_of(cell), ' ');
        }
        line.erase(line.find_last_not_of(' ') + 1);
        out.append(line).push_back('\n');
    }
    return out;
}

} // namespace orch::app::cli
