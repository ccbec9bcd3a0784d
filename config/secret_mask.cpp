#include "config/secret_mask.hpp"

#include <algorithm>
#include <array>

namespace orch::config {

namespace {

constexpr std::string_view mask = "***";
constexpr std::string_view spaces = " \t\r\n\v\f";
constexpr std::array<std::string_view, 2> secret_names{"password", "sslpassword"};

bool is_secret_name(std::string_view name) {
    return std::find(secret_names.begin(), secret_names.end(), name) != secret_names.end();
}

// Everything after the account: `password=` may stand behind any separator.
std::string mask_query(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const auto end = std::min(text.find_first_of("?&"), text.size());
        const auto word = text.substr(0, end);
        const auto equals = word.find('=');
        if (equals != word.npos && is_secret_name(word.substr(0, equals))) {
            out.append(word.substr(0, equals + 1)).append(mask);
        } else {
            out.append(word);
        }
        out.append(text.substr(end, 1));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

// scheme://user:password@host/database?name=value
std::string mask_url(std::string_view url, std::size_t authority) {
    std::string out(url.substr(0, authority));
    // The last @ of all, since nobody escapes the / or @ of a password: hiding too much is safe.
    const auto at = url.rfind('@');
    const auto colon = url.find(':', authority);
    if (at != url.npos && colon < at) {
        out.append(url.substr(authority, colon - authority)).append(":").append(mask);
        return out.append(mask_query(url.substr(at)));
    }
    return out.append(mask_query(url.substr(authority)));
}

// The length of one value of `name = value`, quoted or not, as libpq reads it.
std::size_t value_length(std::string_view text) {
    const bool quoted = text.starts_with('\'');
    for (std::size_t i = quoted ? 1 : 0; i < text.size(); ++i) {
        if (text[i] == '\\') {
            ++i;
        } else if (quoted ? text[i] == '\'' : spaces.find(text[i]) != spaces.npos) {
            return quoted ? i + 1 : i;
        }
    }
    return text.size();
}

std::string mask_words(std::string_view words) {
    std::string out;
    while (!words.empty()) {
        const auto equals = words.find('=');
        if (equals == words.npos) {
            return out.append(mask);
        }
        const auto begin = std::min(words.find_first_not_of(spaces), equals);
        const auto name_end = words.find_last_not_of(spaces, equals == 0 ? 0 : equals - 1);
        const auto name = words.substr(begin, name_end + 1 - begin);
        const auto value = std::min(words.find_first_not_of(spaces, equals + 1), words.size());
        const auto length = value_length(words.substr(value));
        out.append(words.substr(0, value));
        out.append(is_secret_name(name) ? mask : words.substr(value, length));
        words.remove_prefix(value + length);
        if (words.find_first_not_of(spaces) == words.npos) {
            return out;
        }
    }
    return out;
}

} // namespace

std::string mask_connection(std::string_view connection) {
    if (connection.empty()) {
        return {};
    }
    const auto scheme = connection.find("://");
    return scheme != connection.npos && connection.starts_with("postgres")
               ? mask_url(connection, scheme + 3)
               : mask_words(connection);
}

} // namespace orch::config
