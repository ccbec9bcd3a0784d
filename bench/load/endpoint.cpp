#include "bench/load/endpoint.hpp"

#include <boost/asio/ip/address_v4.hpp>

#include <charconv>
#include <stdexcept>

namespace orch::bench {

namespace {

constexpr std::string_view scheme = "http://";

[[noreturn]] void refuse(std::string_view url, const char* why) {
    throw std::runtime_error("'" + std::string(url) + "' is no address for load: " + why);
}

std::uint32_t loopback_address(std::string_view url, std::string_view host) {
    if (host == "localhost") {
        return boost::asio::ip::address_v4::loopback().to_uint();
    }
    boost::system::error_code fault;
    const auto address = boost::asio::ip::make_address_v4(host, fault);
    if (fault || !address.is_loopback()) {
        refuse(url, "only 127.0.0.1 and localhost are, so that load stays on this machine");
    }
    return address.to_uint();
}

unsigned short port_in(std::string_view url, std::string_view text) {
    unsigned short port = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), port);
    if (fault != std::errc{} || end != text.data() + text.size() || port == 0) {
        refuse(url, "it names no port");
    }
    return port;
}

} // namespace

endpoint parse_url(std::string_view url) {
    if (!url.starts_with(scheme)) {
        refuse(url, "it must begin with http://");
    }
    const auto rest = url.substr(scheme.size());
    const auto authority = rest.substr(0, rest.find_first_of("/?#"));
    const auto colon = authority.rfind(':');
    endpoint parsed;
    parsed.to.address = loopback_address(url, authority.substr(0, colon));
    parsed.to.port = port_in(url, colon == std::string_view::npos ? std::string_view{}
                                                                  : authority.substr(colon + 1));
    parsed.to.authority = authority;
    const auto path = rest.substr(authority.size(), rest.find('#') - authority.size());
    parsed.path = path.starts_with('/') ? std::string(path) : "/" + std::string(path);
    // What breaks a line would become a header.
    if (parsed.path.find_first_of(" \r\n\t") != std::string::npos) {
        refuse(url, "its path has blanks");
    }
    return parsed;
}

std::string resolve_path(const endpoint& stream, std::string_view reference) {
    if (reference.starts_with(scheme)) {
        const auto named = parse_url(reference);
        if (named.to.port != stream.to.port) {
            refuse(reference, "the stream that names it is on another port");
        }
        return named.path;
    }
    if (reference.starts_with('/')) {
        return std::string(reference);
    }
    const auto base = std::string_view(stream.path).substr(0, stream.path.find('?'));
    const auto kept = reference.starts_with('?') ? base : base.substr(0, base.rfind('/') + 1);
    return std::string(kept) + std::string(reference);
}

} // namespace orch::bench
