#include "mcp/protocol_keys.hpp"

#include "mcp/json_text.hpp"

#include <fmt/core.h>

namespace orch::mcp {

namespace {

/// Above this no spelling of a protocol key is possible: 13 characters, 6 bytes each.
constexpr std::size_t variant_size_max = 80;

/// `text` as readers see it that ignore case; two letters outside of ASCII fold into it.
std::string folded(std::string_view text) {
    constexpr std::string_view long_s = "\xc5\xbf";
    constexpr std::string_view kelvin = "\xe2\x84\xaa";
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (text.substr(at).starts_with(long_s)) {
            out += 's';
            at += long_s.size() - 1;
        } else if (text.substr(at).starts_with(kelvin)) {
            out += 'k';
            at += kelvin.size() - 1;
        } else {
            out += c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
        }
    }
    return out;
}

} // namespace

int protocol_keys::note(std::string_view key) {
    for (std::size_t i = 0; i < names_.size(); ++i) {
        if (names_[i] != key) {
            continue;
        }
        const std::uint32_t bit = std::uint32_t{1} << i;
        if ((seen_ & bit) != 0 && complaint_.empty()) {
            complaint_ = fmt::format("\"{}\" appears twice in {}", key, place_);
        }
        seen_ |= bit;
        return static_cast<int>(i);
    }
    if (complaint_.empty() && key.size() <= variant_size_max) {
        note_variant(key);
    }
    return other;
}

void protocol_keys::note_variant(std::string_view key) {
    const bool escaped = key.find('\\') != std::string_view::npos;
    const std::string plain = folded(escaped ? decode_json_string(key) : std::string(key));
    for (const std::string_view name : names_) {
        if (plain == folded(name)) {
            complaint_ = fmt::format("{} has the key \"{}\" in another spelling; "
                                     "it must be written exactly so",
                                     place_, name);
            return;
        }
    }
}

} // namespace orch::mcp
