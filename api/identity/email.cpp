#include "api/identity/email.hpp"

#include "core/ascii.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace orch::api {

namespace {

constexpr std::string_view blanks = " \t\r\n\f\v";
constexpr std::size_t label_bytes_max = 63;

bool is_alphanumeric(char c) noexcept { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

bool is_local_character(char c) noexcept {
    constexpr std::string_view others = ".!#$%&'*+/=?^_`{|}~-";
    return is_alphanumeric(c) || others.find(c) != std::string_view::npos;
}

bool is_label(std::string_view label) noexcept {
    return !label.empty() && label.size() <= label_bytes_max && label.front() != '-' &&
           label.back() != '-' &&
           std::ranges::all_of(label, [](char c) { return is_alphanumeric(c) || c == '-'; });
}

bool is_domain(std::string_view domain) noexcept {
    if (domain == "localhost") {
        return true;
    }
    std::size_t labels = 0;
    while (true) {
        const auto dot = domain.find('.');
        if (!is_label(domain.substr(0, dot))) {
            return false;
        }
        ++labels;
        if (dot == std::string_view::npos) {
            return labels >= 2;
        }
        domain.remove_prefix(dot + 1);
    }
}

error refused(std::string_view why) {
    auto detail = fmt::format("email: {}", why);
    return {errc::invalid_argument, detail, {{"email", detail}}};
}

} // namespace

result<std::string> normalise_email(std::string_view text) {
    const auto trimmed = trim(text, blanks);
    if (trimmed.size() > email_bytes_max) {
        return refused(fmt::format("an address has at most {} bytes", email_bytes_max));
    }
    std::string email(trimmed);
    std::ranges::transform(email, email.begin(), ascii_lower);
    const std::string_view view = email;
    const auto at = view.find('@');
    if (at == std::string_view::npos || at != view.rfind('@')) {
        return refused("an address has exactly one @");
    }
    const auto local = view.substr(0, at);
    if (local.empty() || !std::ranges::all_of(local, is_local_character)) {
        return refused("the part before the @ is empty or has a character that cannot stand there");
    }
    if (!is_domain(view.substr(at + 1))) {
        return refused("the part after the @ is not a domain such as example.com");
    }
    return email;
}

} // namespace orch::api
