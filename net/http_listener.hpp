#pragma once

#include "net/http_connection.hpp"
#include "net/listening_socket.hpp"
#include "net/server_unit.hpp"
#include "net/stream_socket.hpp"

#include <boost/asio/posix/basic_stream_descriptor.hpp>

#include <memory>
#include <string>

namespace orch::net {

/// Accepts on one socket for one unit and starts the connections. Over a limit a client gets 503
/// instead of silence. Owned by the server and by its pending wait.
class http_listener final : public unit_member, public std::enable_shared_from_this<http_listener> {
public:
    enum class transport { tcp, unix_socket };

    http_listener(std::shared_ptr<server_unit> unit, owned_fd socket, transport kind);

    void start();
    void on_tick(unit_tick& turn) override;
    void on_stop() override;

private:
    enum class accepted { one, none_waiting, out_of_descriptors };

    void wait();
    void accept_some();
    [[nodiscard]] accepted accept_one();
    void turn_away_one();
    [[nodiscard]] peer_identity identify(int socket) const;

    std::shared_ptr<server_unit> unit_;
    boost::asio::posix::basic_stream_descriptor<io_executor> socket_;
    transport kind_;
    /// Given up when descriptors run out, to accept a client and tell it so.
    owned_fd reserve_;
    /// Out of descriptors, without even the reserve: the next tick tries again.
    bool paused_ = false;
};

} // namespace orch::net
