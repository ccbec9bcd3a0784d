#pragma once

#include "core/error.hpp"

#include <string>
#include <string_view>

namespace orch::config {

/// A value of `Host`: a host name or address (IPv6 in brackets) with or without a port; lower case
/// on return.
struct host_name {
    static constexpr std::string_view noun = "host names";
    [[nodiscard]] static result<std::string> check(std::string_view text);
};

/// A value of `Origin`: scheme, host and port, nothing behind; lower case on return.
struct web_origin {
    static constexpr std::string_view noun = "origins";
    [[nodiscard]] static result<std::string> check(std::string_view text);
};

/// An address literal, or a network: an address, a slash and the length of its prefix.
struct network_address {
    static constexpr std::string_view noun = "addresses or networks";
    [[nodiscard]] static result<std::string> check(std::string_view text);
};

/// An http(s) URL without query and fragment; returned without the slash at its end.
[[nodiscard]] result<std::string> check_base_url(std::string_view text);

} // namespace orch::config
