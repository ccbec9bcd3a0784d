#include "actors/seal.hpp"

#include "crypto/digest.hpp"
#include "crypto/encoding.hpp"
#include "crypto/random.hpp"

#include <fmt/format.h>

namespace orch::actors {

namespace {

constexpr std::size_t seal_characters = 32;
/// Between the server, the seal and the value.
constexpr char separator = '.';

const std::string& secret() {
    static const std::string drawn = crypto::random_bytes(32);
    return drawn;
}

std::string_view word_of(sealed_kind kind) noexcept {
    return kind == sealed_kind::task ? "task" : "task cursor";
}

} // namespace

std::string seal_of(std::string_view content) {
    return crypto::to_hex(crypto::sha256(secret() + std::string(content)))
        .substr(0, seal_characters);
}

std::string sealed(sealed_kind kind, const server_value& what, std::string_view owner) {
    const auto server = what.server.value.to_hex();
    const auto seal = seal_of(
        fmt::format("{}|{}|{}|{}|{}", word_of(kind), owner.size(), owner, server, what.value));
    return fmt::format("{}{}{}{}{}", server, separator, seal, separator,
                       crypto::to_base64url(what.value));
}

std::optional<server_value> unsealed(sealed_kind kind, std::string_view text,
                                     std::string_view owner) {
    const auto first = text.find(separator);
    const auto second = first == std::string_view::npos ? first : text.find(separator, first + 1);
    if (second == std::string_view::npos) {
        return std::nullopt;
    }
    const auto server = server_id::parse(text.substr(0, first));
    auto value = crypto::from_base64url(text.substr(second + 1));
    if (!server || !value) {
        return std::nullopt;
    }
    server_value what{*server, std::move(*value)};
    return sealed(kind, what, owner) == text ? std::optional(std::move(what)) : std::nullopt;
}

} // namespace orch::actors
