#pragma once

#include "net/exchange.hpp"
#include "net/http_connection.hpp"

#include <atomic>
#include <cstdint>
#include <memory>

namespace orch::net {

/// The handler's hold on one request of a connection. Forwards to the connection's thread, lets
/// only the first answer through and answers 500 when dropped without one.
class pending_exchange final : public exchange {
public:
    pending_exchange(std::shared_ptr<http_connection> connection, std::uint64_t serial);
    pending_exchange(const pending_exchange&) = delete;
    pending_exchange& operator=(const pending_exchange&) = delete;
    ~pending_exchange() override;

    void respond(response answer) override;
    [[nodiscard]] event_stream_ptr open_stream(header_list headers, frame first) override;
    event_stream_ptr open_download(std::string_view content_type, header_list headers) override;
    void on_peer_gone(std::function<void()> callback) override;
    void on_late(std::chrono::milliseconds after, std::function<void()> callback) override;
    void note_route(std::string_view pattern) override;
    void note_principal(std::string principal) override;

private:
    std::shared_ptr<http_connection> connection_;
    std::uint64_t serial_;
    std::atomic<bool> answered_{false};
};

} // namespace orch::net
