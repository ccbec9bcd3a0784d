#pragma once

#include "net/event_stream.hpp"

#include <boost/asio/ip/tcp.hpp>

#include <memory>
#include <string_view>
#include <vector>

namespace orch::bench {

/// An open event stream: frames that wait leave together with one write.
class event_sink : public std::enable_shared_from_this<event_sink> {
public:
    explicit event_sink(boost::asio::ip::tcp::socket socket) : socket_(std::move(socket)) {}

    /// Sends the response head and the first frame. The stream owns itself until its peer leaves.
    void open(net::frame first);
    void send(net::frame piece);

private:
    void write();
    void watch();

    boost::asio::ip::tcp::socket socket_;
    char unread_ = 0;
    std::vector<net::frame> waiting_;
    std::vector<net::frame> leaving_;
};

} // namespace orch::bench
