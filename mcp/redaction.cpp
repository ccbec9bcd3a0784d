#include "mcp/redaction.hpp"

#include "mcp/json_text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace orch::mcp {

namespace {

/// One bit for each letter of a text in lower case.
constexpr std::uint32_t letters_of(std::string_view text) noexcept {
    std::uint32_t letters = 0;
    for (const char c : text) {
        letters |= c >= 'a' && c <= 'z' ? 1U << (c - 'a') : 0U;
    }
    return letters;
}

struct key_part {
    // Not explicit: a list of these reads as a list of texts.
    constexpr key_part(const char* part) noexcept : text(part), letters(letters_of(text)) {}

    std::string_view text;
    std::uint32_t letters;
};

/// Parts of keys, without separators and in lower case, that name a secret wherever they stand.
constexpr std::array<key_part, 22> secret_parts{
    "password",      "passwd",     "passphrase",   "passcode",        "secret",       "apikey",
    "accesskey",     "privatekey", "signingkey",   "encryptionkey",   "sshkey",       "authkey",
    "authorization", "credential", "cookie",       "accesstoken",     "refreshtoken", "authtoken",
    "bearertoken",   "apitoken",   "sessiontoken", "connectionstring"};
constexpr std::array<std::string_view, 5> secret_keys{"pwd", "auth", "jwt", "bearer", "tokenvalue"};
/// The letters of every text that makes a key secret.
constexpr auto possible_letters = [] {
    std::array<std::uint32_t, secret_parts.size() + secret_keys.size() + 1> sets{};
    std::size_t count = 0;
    for (const auto& part : secret_parts) {
        sets[count++] = part.letters;
    }
    for (const auto key : secret_keys) {
        sets[count++] = letters_of(key);
    }
    sets[count] = letters_of("token");
    return sets;
}();
/// Keys that end in "token" and hold no secret: places in a stream or a list, or parts of text.
constexpr std::array<std::string_view, 8> harmless_tokens{
    "progresstoken", "pagetoken", "continuationtoken", "cursortoken",
    "stoptoken",     "eostoken",  "bostoken",          "padtoken"};

std::string normalised(std::string_view raw_key) {
    const bool escaped = raw_key.find('\\') != std::string_view::npos;
    std::string out = escaped ? decode_json_string(raw_key) : std::string(raw_key);
    std::erase_if(out, [](char c) { return c == '-' || c == '_' || c == ' ' || c == '.'; });
    std::transform(out.begin(), out.end(), out.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
    return out;
}

/// Whether the letters of the key could be those of a secret one: spares nearly every key the
/// closer look. One with an escape may hold any letter.
bool may_be_secret(std::string_view raw_key) noexcept {
    if (raw_key.find('\\') != std::string_view::npos) {
        return true;
    }
    std::uint32_t letters = 0;
    for (const char c : raw_key) {
        const char small = static_cast<char>(c | 0x20);
        letters |= small >= 'a' && small <= 'z' ? 1U << (small - 'a') : 0U;
    }
    return std::any_of(possible_letters.begin(), possible_letters.end(),
                       [letters](std::uint32_t part) { return (letters & part) == part; });
}

bool is_secret_key(std::string_view raw_key) {
    if (raw_key.size() < 3 || !may_be_secret(raw_key)) {
        return false;
    }
    const std::string key = normalised(raw_key);
    // Hardly any key holds all the letters of a part: this spares nearly every search.
    const auto contained = [&key, letters = letters_of(key)](const key_part& part) {
        return (letters & part.letters) == part.letters && key.find(part.text) != std::string::npos;
    };
    const auto ended_by = [&](std::string_view part) {
        return key.ends_with(part);
    };
    if (std::any_of(secret_parts.begin(), secret_parts.end(), contained) ||
        std::find(secret_keys.begin(), secret_keys.end(), key) != secret_keys.end()) {
        return true;
    }
    return key.ends_with("token") &&
           std::none_of(harmless_tokens.begin(), harmless_tokens.end(), ended_by);
}

std::size_t skip_blanks(std::string_view json, std::size_t at) noexcept {
    return std::min(json.find_first_not_of(" \t\r\n", at), json.size());
}

/// The position of the quote that closes the string opened at `open`.
std::size_t closing_quote(std::string_view json, std::size_t open) noexcept {
    std::size_t at = open + 1;
    for (;;) {
        const auto quote = std::min(json.find('"', at), json.size());
        const auto escape = json.substr(0, quote).find('\\', at);
        if (escape == std::string_view::npos) {
            return quote;
        }
        at = escape + 2;
        if (at >= json.size()) {
            return json.size();
        }
    }
}

std::size_t end_of_container(std::string_view json, std::size_t at) noexcept {
    std::size_t depth = 0;
    for (; at < json.size(); ++at) {
        const char c = json[at];
        if (c == '"') {
            at = closing_quote(json, at);
        } else if (c == '{' || c == '[') {
            ++depth;
        } else if ((c == '}' || c == ']') && --depth == 0) {
            return at + 1;
        }
    }
    return json.size();
}

std::size_t end_of_value(std::string_view json, std::size_t at) noexcept {
    if (at >= json.size()) {
        return json.size();
    }
    if (json[at] == '"') {
        return std::min(closing_quote(json, at) + 1, json.size());
    }
    if (json[at] == '{' || json[at] == '[') {
        return end_of_container(json, at);
    }
    return std::min(json.find_first_of(",]} \t\r\n", at), json.size());
}

} // namespace

redacted_text redact_secrets(std::string_view json, std::size_t kept) {
    redacted_text out;
    std::size_t copied = 0;
    std::size_t at = json.find('"');
    // Where `at` will stand in the outcome.
    const auto place = [&] {
        return out.json.size() + (at - copied);
    };
    while (at < json.size() && place() < kept) {
        const std::size_t close = closing_quote(json, at);
        const std::size_t colon = skip_blanks(json, close + 1);
        const bool is_key = colon < json.size() && json[colon] == ':';
        if (!is_key || !is_secret_key(json.substr(at + 1, close - at - 1))) {
            at = json.find('"', close + 1);
            continue;
        }
        const std::size_t value = skip_blanks(json, colon + 1);
        out.json.append(json.substr(copied, value - copied)).append(redaction_marker);
        out.changed = true;
        copied = end_of_value(json, value);
        at = json.find('"', copied);
    }
    if (out.changed) {
        out.json.append(json.substr(copied));
    }
    return out;
}

} // namespace orch::mcp
