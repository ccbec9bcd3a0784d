#pragma once

#include "net/message.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace orch::api {

/// The value of the cookie `name` in all `Cookie` headers of a request (RFC 6265bis). Names are
/// compared with their case. Nothing when it is absent or empty, and when it comes twice: one of
/// them was then set by somebody else, and there is no telling which.
[[nodiscard]] std::optional<std::string_view> find_cookie(const net::header_list& headers,
                                                          std::string_view name);

/// The cookie of a signed-in browser. Behind TLS its name has the prefix `__Host-`, with which
/// browsers refuse it from other hosts and from plain http. Immutable, usable from any thread.
class session_cookie {
public:
    /// `public_url` is how browsers reach us; TLS stands in front when it begins with `https:`.
    explicit session_cookie(std::string_view public_url);

    [[nodiscard]] std::string_view name() const noexcept;
    /// The token that a request brings; nothing for none.
    [[nodiscard]] std::optional<std::string_view> read(const net::header_list& headers) const;
    /// The value of `Set-Cookie` that signs in. `token` has letters, digits, `-` and `_` only.
    [[nodiscard]] std::string issue(std::string_view token, std::chrono::seconds max_age) const;
    /// The value of `Set-Cookie` that makes the browser forget the token.
    [[nodiscard]] std::string expire() const;

private:
    [[nodiscard]] std::string print(std::string_view token, std::string_view lifetime) const;

    bool tls_;
};

} // namespace orch::api
