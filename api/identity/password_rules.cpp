#include "api/identity/password_rules.hpp"

#include "api/identity/common_passwords.hpp"
#include "core/ascii.hpp"
#include "core/utf8.hpp"
#include "crypto/password.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace orch::api {

namespace {

bool same_but_for_case(std::string_view left, std::string_view right) noexcept {
    return std::ranges::equal(left, right, {}, ascii_lower, ascii_lower);
}

/// C0, DEL, and C1, which UTF-8 writes as C2 80 to C2 9F.
bool has_control_character(std::string_view text) noexcept {
    unsigned char before = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7F || (before == 0xC2 && byte <= 0x9F)) {
            return true;
        }
        before = byte;
    }
    return false;
}

error refused(std::string_view why) {
    return {errc::invalid_argument, fmt::format("password: {}", why)};
}

} // namespace

result<void> check_new_password(std::string_view password, std::string_view email,
                                std::string_view name) {
    if (password.size() < crypto::password_bytes_min) {
        return refused(fmt::format("a password has at least {} bytes", crypto::password_bytes_min));
    }
    if (password.size() > crypto::password_bytes_max) {
        return refused(fmt::format("a password has at most {} bytes", crypto::password_bytes_max));
    }
    if (!is_utf8(password) || has_control_character(password)) {
        return refused("control characters and broken UTF-8 cannot stand in a password");
    }
    if (same_but_for_case(password, email) || same_but_for_case(password, name)) {
        return refused("the e-mail address or the name is not a password");
    }
    if (is_common_password(password)) {
        return refused("this is one of the passwords that everybody tries first");
    }
    return {};
}

} // namespace orch::api
