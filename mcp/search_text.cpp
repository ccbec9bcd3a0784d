#include "mcp/search_text.hpp"

#include "core/utf8.hpp"
#include "mcp/json_text.hpp"

#include <algorithm>
#include <clocale>
#include <cwctype>

namespace orch::mcp {

namespace {

/// Reading stops here: escapes take up to six bytes for one.
constexpr std::size_t raw_bytes_per_byte = 6;

bool is_structure(char c) noexcept {
    return std::string_view("{}[]\",:").find(c) != std::string_view::npos;
}

bool is_gap(char c) noexcept {
    const auto byte = static_cast<unsigned char>(c);
    return byte <= ' ' || byte == 0x7f || is_structure(c);
}

char32_t decode(std::string_view character) noexcept {
    const auto first = static_cast<unsigned char>(character.front());
    auto point = static_cast<char32_t>(first & (0x7fU >> character.size()));
    for (const char c : character.substr(1)) {
        point = point << 6U | (static_cast<unsigned char>(c) & 0x3fU);
    }
    return point;
}

/// The rules of Unicode, whatever the environment says.
::locale_t unicode_rules() noexcept {
    static const ::locale_t rules = ::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
    return rules;
}

char32_t lower(char32_t point) noexcept {
    return unicode_rules() == nullptr ? point
                                      : static_cast<char32_t>(::towlower_l(
                                            static_cast<std::wint_t>(point), unicode_rules()));
}

class folded_text {
public:
    explicit folded_text(std::size_t bytes_max) : bytes_max_(bytes_max) {}

    /// False when there is no room for it.
    bool add(std::string_view character) {
        const std::size_t gap = gap_ && !text_.empty() ? 1 : 0;
        if (text_.size() + gap + character.size() > bytes_max_) {
            return false;
        }
        text_.append(gap, ' ').append(character);
        gap_ = false;
        return true;
    }
    void add_gap() noexcept { gap_ = true; }
    [[nodiscard]] std::string take() && { return std::move(text_); }

private:
    std::size_t bytes_max_;
    std::string text_;
    bool gap_ = false;
};

} // namespace

std::string fold_for_search(std::string_view text, std::size_t bytes_max) {
    folded_text out(bytes_max);
    std::string wide;
    for (std::size_t at = 0; at < text.size();) {
        const auto length = utf8_character_length(text, at);
        const auto character = text.substr(at, std::max<std::size_t>(length, 1));
        at += character.size();
        if (length == 0 || (length == 1 && is_gap(character.front()))) {
            out.add_gap();
            continue;
        }
        const char c = character.front();
        const char small = c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
        wide.clear();
        if (length > 1) {
            append_utf8(wide, lower(decode(character)));
        }
        if (!out.add(length == 1 ? std::string_view(&small, 1) : std::string_view(wide))) {
            break;
        }
    }
    return std::move(out).take();
}

std::string fold_json_for_search(std::string_view json, std::size_t bytes_max) {
    return fold_for_search(decode_json_string(json.substr(0, bytes_max * raw_bytes_per_byte)),
                           bytes_max);
}

} // namespace orch::mcp
