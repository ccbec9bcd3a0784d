#include "api/identity/common_passwords.hpp"

#include "core/ascii.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace orch::api {

namespace {

/// In lower case and order. Shorter ones are refused for their length.
constexpr auto common = std::to_array<std::string_view>({
    "!qaz2wsx",      "00000000",   "01234567",   "0123456789", "0987654321", "11111111",
    "1111111111",    "11223344",   "123123123",  "12341234",   "12344321",   "123456123",
    "12345678",      "123456789",  "1234567890", "123456789a", "12345678a",  "1234qwer",
    "123qwe123",     "123qweasd",  "147258369",  "1q2w3e4r",   "1q2w3e4r5t", "1qaz2wsx",
    "1qazxsw2",      "55555555",   "66666666",   "77777777",   "789456123",  "87654321",
    "88888888",      "987654321",  "9876543210", "99999999",   "a12345678",  "a123456789",
    "a1b2c3d4",      "abc12345",   "abcd1234",   "admin123",   "admin1234",  "adminadmin",
    "administrator", "asdf1234",   "asdfghjk",   "asdfghjkl",  "babygirl",   "baseball",
    "baseball1",     "basketball", "butterfly",  "changeme",   "changeme1",  "changeme123",
    "charlie1",      "chocolate",  "computer",   "corvette",   "dragon123",  "football",
    "football1",     "hello123",   "iloveyou",   "iloveyou1",  "internet",   "jennifer",
    "jordan23",      "letmein1",   "letmein123", "liverpool",  "login123",   "master123",
    "maverick",      "mercedes",   "michael1",   "michelle",   "midnight",   "monkey123",
    "p@ssw0rd",      "p@ssw0rd1",  "p@ssword",   "pa$$word",   "pass1234",   "passw0rd",
    "passw0rd1",     "password",   "password!",  "password1",  "password12", "password123",
    "password1234",  "password2",  "princess",   "princess1",  "q1w2e3r4",   "q1w2e3r4t5",
    "qazwsxedc",     "qwer1234",   "qwerty12",   "qwerty123",  "qwerty1234", "qwerty12345",
    "qwertyui",      "qwertyuiop", "root1234",   "samantha",   "secret123",  "shadow123",
    "starwars",      "sunshine",   "sunshine1",  "superman",   "superman1",  "temp1234",
    "test1234",      "testtest",   "trustno1",   "welcome01",  "welcome1",   "welcome123",
    "whatever",      "zaq12wsx",   "zxcvbnm1",   "zxcvbnm123",
});
static_assert(std::ranges::is_sorted(common));

constexpr std::size_t longest = std::ranges::max(common, {}, &std::string_view::size).size();

} // namespace

bool is_common_password(std::string_view text) noexcept {
    if (text.size() > longest) {
        return false;
    }
    std::array<char, longest> lowered{};
    std::ranges::transform(text, lowered.begin(), ascii_lower);
    return std::ranges::binary_search(common, std::string_view(lowered.data(), text.size()));
}

} // namespace orch::api
