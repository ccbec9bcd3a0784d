#include "mcp/search_text.hpp"

#include "core/utf8.hpp"
#include "mcp/json_text.hpp"

#include <algorithm>
#include <array>
#include <clocale>
#include <cwctype>

namespace orch::mcp {

namespace {

/// Reading stops here: escapes take up to six bytes for one.
constexpr std::size_t raw_bytes_per_byte = 6;

/// What each ASCII character is compared as; 0 for a gap.
constexpr std::array<char, 0x80> ascii_folds = [] {
    std::array<char, 0x80> folds{};
    for (char c = '!'; c <= '~'; ++c) {
        const bool is_structure = std::string_view("{}[]\",:").find(c) != std::string_view::npos;
        const char small = c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
        folds[static_cast<std::size_t>(c)] = is_structure ? '\0' : small;
    }
    return folds;
}();

/// Whether a `char` has a sign depends on the processor.
bool is_beyond_ascii(char c) noexcept { return static_cast<unsigned char>(c) >= 0x80; }

std::string_view ascii_run(std::string_view text) noexcept {
    return text.substr(0,
                       static_cast<std::size_t>(
                           std::find_if(text.begin(), text.end(), is_beyond_ascii) - text.begin()));
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
    folded_text(std::size_t bytes_expected, std::size_t bytes_max) : bytes_max_(bytes_max) {
        text_.reserve(bytes_expected);
    }

    /// As much of a run of ASCII as there is room for; false when that is not all of it.
    bool add_ascii(std::string_view run) {
        std::array<char, 512> folded;
        bool fits = true;
        while (fits && !run.empty()) {
            // Each character may bring a blank with it.
            const auto piece = run.substr(0, folded.size() / 2);
            fits = append({folded.data(), fold(piece, folded.data())});
            run.remove_prefix(piece.size());
        }
        return fits;
    }

    /// False when there is no room for it.
    bool add(std::string_view character) {
        const std::size_t gap = gap_ && !text_.empty() ? 1 : 0;
        if (text_.size() + gap + character.size() > bytes_max_) {
            return false;
        }
        if (gap != 0) {
            text_ += ' ';
        }
        text_ += character;
        gap_ = false;
        return true;
    }
    void add_gap() noexcept { gap_ = true; }
    [[nodiscard]] std::string take() && { return std::move(text_); }

private:
    /// Writes what is compared of ASCII characters, gaps as single blanks, and says how much it is.
    std::size_t fold(std::string_view ascii, char* to) noexcept {
        const char* const begin = to;
        bool between = !text_.empty();
        for (const char c : ascii) {
            const char folded = ascii_folds[static_cast<unsigned char>(c)];
            if (folded == '\0') {
                gap_ = true;
                continue;
            }
            if (gap_ && between) {
                *to++ = ' ';
            }
            *to++ = folded;
            gap_ = false;
            between = true;
        }
        return static_cast<std::size_t>(to - begin);
    }

    bool append(std::string_view folded) {
        const auto room = bytes_max_ - text_.size();
        const bool fits = folded.size() <= room;
        text_.append(folded.substr(0, room));
        if (!fits && text_.ends_with(' ')) {
            text_.pop_back(); // what it parts from has no room
        }
        return fits;
    }

    std::size_t bytes_max_;
    std::string text_;
    bool gap_ = false;
};

} // namespace

std::string fold_for_search(std::string_view text, std::size_t bytes_max) {
    folded_text out(std::min(text.size(), bytes_max), bytes_max);
    std::string wide;
    for (std::size_t at = 0; at < text.size();) {
        const auto run = ascii_run(text.substr(at));
        if (!out.add_ascii(run)) {
            break;
        }
        at += run.size();
        if (at == text.size()) {
            break;
        }
        const auto length = utf8_character_length(text, at);
        const auto character = text.substr(at, std::max<std::size_t>(length, 1));
        at += character.size();
        if (length == 0) {
            out.add_gap();
            continue;
        }
        wide.clear();
        append_utf8(wide, lower(decode(character)));
        if (!out.add(wide)) {
            break;
        }
    }
    return std::move(out).take();
}

std::string fold_json_for_search(std::string_view json, std::size_t bytes_max) {
    const auto read = json.substr(0, bytes_max * raw_bytes_per_byte);
    return read.find('\\') == std::string_view::npos
               ? fold_for_search(read, bytes_max)
               : fold_for_search(decode_json_string(read), bytes_max);
}

} // namespace orch::mcp
