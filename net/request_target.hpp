#pragma once

#include "core/error.hpp"
#include "net/message.hpp"

#include <string>
#include <string_view>

namespace orch::net {

/// The parts of a request target (RFC 9112, 3.2).
struct request_target {
    /// Still percent-encoded, so that `%2F` cannot become a separator; its escapes are valid.
    std::string path;
    header_list query;
    /// Host and port of an absolute-form target; empty for the usual origin-form.
    std::string authority;
};

/// `invalid_argument` for a form that a server without proxy duties does not serve, for bytes
/// outside of printable ASCII, for a fragment and for bad percent-encoding.
[[nodiscard]] result<request_target> parse_request_target(std::string_view target);

/// Whether `host` is `name[:port]` or `[ipv6][:port]` and nothing else (RFC 3986, 3.2.2): a Host
/// with `/`, `?`, `#` or `@` has made servers disagree on what the path is.
[[nodiscard]] bool is_valid_host(std::string_view host) noexcept;

} // namespace orch::net
