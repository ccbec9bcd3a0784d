#pragma once

#include "core/error.hpp"
#include "net/message.hpp"

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/network_v4.hpp>
#include <boost/asio/ip/network_v6.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace orch::net {

/// Who a request comes from when proxies stand between. Immutable, usable from any thread.
class forwarded_for {
public:
    /// Believes nobody.
    forwarded_for() = default;
    /// `trusted` holds addresses and networks, e.g. "10.0.0.1", "10.0.0.0/8", "fd00::/8".
    [[nodiscard]] static result<forwarded_for> make(const std::vector<std::string>& trusted);

    /// `peer`, or, when the peer is a trusted proxy, the rightmost hop of X-Forwarded-For that is
    /// not one. A hop that is no address ends the search: nothing left of it can be believed.
    [[nodiscard]] std::string client_address(std::string_view peer,
                                             const header_list& headers) const;

private:
    [[nodiscard]] bool trusts(const boost::asio::ip::address& hop) const;

    std::vector<boost::asio::ip::network_v4> v4_;
    std::vector<boost::asio::ip::network_v6> v6_;
};

} // namespace orch::net
