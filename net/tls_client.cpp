#include "net/tls_client.hpp"

#include <boost/asio/ip/address.hpp>

#include <fmt/core.h>

#include <openssl/ssl.h>
#include <openssl/x509v3.h>

namespace orch::net {

namespace ssl = boost::asio::ssl;

tls_client::tls_client() : context_(ssl::context::tls_client) {
    boost::system::error_code ignored;
    // Without a store nothing is trusted, and the handshake says so.
    context_.set_default_verify_paths(ignored);
    context_.set_verify_mode(ssl::verify_peer);
    SSL_CTX_set_min_proto_version(context_.native_handle(), TLS1_2_VERSION);
}

result<std::unique_ptr<tls_stream>> tls_client::wrap(boost::asio::ip::tcp::socket& socket,
                                                     const std::string& host) {
    auto stream = std::make_unique<tls_stream>(socket, context_);
    auto* const native = stream->native_handle();
    boost::system::error_code no_address;
    boost::asio::ip::make_address(host, no_address);
    bool set = false;
    if (no_address) {
        // Several sites share an address: the server has to know which one is meant.
        set = SSL_ctrl(native, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name,
                       const_cast<char*>(host.c_str())) == 1 &&
              SSL_set1_host(native, host.c_str()) == 1;
    } else {
        set = X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(native), host.c_str()) == 1;
    }
    if (!set) {
        return error{errc::internal, fmt::format("TLS cannot be set up for {}", host)};
    }
    return stream;
}

std::string tls_problem(tls_stream& stream, const boost::system::error_code& failure) {
    const auto verdict = SSL_get_verify_result(stream.native_handle());
    if (verdict != X509_V_OK) {
        return fmt::format("its certificate is not accepted: {}",
                           X509_verify_cert_error_string(verdict));
    }
    return fmt::format("the TLS handshake failed: {}", failure.message());
}

} // namespace orch::net
