#pragma once

#include "bench/baseline/event_sink.hpp"
#include "bench/baseline/upstream.hpp"

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>

#include <memory>
#include <string>
#include <unordered_map>

namespace orch::bench {

/// What all connections share.
struct proxy {
    upstream& server;
    /// Open streams by the session id in the address that clients post to.
    std::unordered_map<std::string, std::weak_ptr<event_sink>> streams;
    unsigned sessions = 0;
};

/// One client connection: reads a request, answers it, reads the next. A GET turns it into an
/// event stream.
class connection : public std::enable_shared_from_this<connection> {
public:
    connection(boost::asio::ip::tcp::socket socket, proxy& shared)
        : socket_(std::move(socket)), shared_(shared) {}

    void read();

private:
    using response = boost::beast::http::response<boost::beast::http::string_body>;

    void take();
    void open_stream();
    void post_to_stream(const std::string& session);
    void post_and_wait();
    void respond(response answer);

    boost::asio::ip::tcp::socket socket_;
    proxy& shared_;
    boost::beast::flat_buffer buffer_;
    boost::beast::http::request<boost::beast::http::string_body> request_;
    response response_;
};

} // namespace orch::bench
