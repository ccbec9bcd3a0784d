#pragma once

#include "core/error.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>

#include <memory>
#include <string>

namespace orch::net {

using tls_stream = boost::asio::ssl::stream<boost::asio::ip::tcp::socket&>;

/// How this program proves to itself whom it talks to over TLS: with the certificates that the
/// system trusts (`SSL_CERT_FILE` and `SSL_CERT_DIR` name others), for the host that was asked for.
class tls_client {
public:
    tls_client();

    /// A stream over `socket` that accepts only a certificate for `host`, a name or an address.
    [[nodiscard]] result<std::unique_ptr<tls_stream>> wrap(boost::asio::ip::tcp::socket& socket,
                                                           const std::string& host);

private:
    boost::asio::ssl::context context_;
};

/// Why a TLS handshake failed, as a clause; names what is wrong with the certificate.
[[nodiscard]] std::string tls_problem(tls_stream& stream, const boost::system::error_code& failure);

} // namespace orch::net
