#include "net/forwarded_for.hpp"

#include "core/ascii.hpp"

#include <boost/asio/ip/address.hpp>

#include <algorithm>
#include <optional>

namespace orch::net {
namespace {

namespace ip = boost::asio::ip;

/// An IPv4 address inside of IPv6 is the same peer as the bare one.
ip::address plain(const ip::address& address) {
    if (address.is_v6() && address.to_v6().is_v4_mapped()) {
        return ip::make_address_v4(ip::v4_mapped, address.to_v6());
    }
    return address;
}

/// `1.2.3.4`, `1.2.3.4:80`, `::1` or `[::1]:80`.
std::optional<ip::address> parse_hop(std::string_view hop) {
    if (hop.starts_with('[')) {
        hop = hop.substr(1, hop.find(']') - 1);
    } else if (hop.find(':') == hop.rfind(':')) {
        hop = hop.substr(0, hop.find(':'));
    }
    boost::system::error_code ec;
    const auto address = ip::make_address(hop, ec);
    return ec ? std::nullopt : std::optional{plain(address)};
}

/// Cuts the last element off a comma-separated list.
std::string_view take_last(std::string_view& list) noexcept {
    const auto comma = list.rfind(',');
    const auto last = comma == list.npos ? list : list.substr(comma + 1);
    list = list.substr(0, comma == list.npos ? 0 : comma);
    return trim(last, " \t");
}

/// `host` is the network that holds a single address.
template <class Network>
bool any_contains(const std::vector<Network>& networks, const Network& host) {
    return std::any_of(networks.begin(), networks.end(), [&](const Network& network) {
        return network == host || host.is_subnet_of(network);
    });
}

} // namespace

result<forwarded_for> forwarded_for::make(const std::vector<std::string>& trusted) {
    forwarded_for made;
    for (const auto& entry : trusted) {
        const auto has_prefix = entry.find('/') != entry.npos;
        boost::system::error_code ec;
        const auto v4 = ip::make_network_v4(has_prefix ? entry : entry + "/32", ec);
        if (!ec) {
            made.v4_.push_back(v4.canonical());
            continue;
        }
        const auto v6 = ip::make_network_v6(has_prefix ? entry : entry + "/128", ec);
        if (ec) {
            return error{errc::invalid_argument,
                         "trusted proxy '" + entry + "' is neither an address nor a network"};
        }
        made.v6_.push_back(v6.canonical());
    }
    return made;
}

bool forwarded_for::trusts(const ip::address& hop) const {
    return hop.is_v4() ? any_contains(v4_, ip::network_v4{hop.to_v4(), 32})
                       : any_contains(v6_, ip::network_v6{hop.to_v6(), 128});
}

std::string forwarded_for::client_address(std::string_view peer, const header_list& headers) const {
    auto client = v4_.empty() && v6_.empty() ? std::nullopt : parse_hop(peer);
    if (!client || !trusts(*client)) {
        return std::string{peer};
    }
    for (auto line = headers.rbegin(); line != headers.rend(); ++line) {
        if (line->first != "x-forwarded-for") {
            continue;
        }
        for (std::string_view hops = line->second; !hops.empty();) {
            const auto hop = parse_hop(take_last(hops));
            if (!hop) {
                return client->to_string();
            }
            client = hop;
            if (!trusts(*hop)) {
                return client->to_string();
            }
        }
    }
    return client->to_string();
}

} // namespace orch::net
