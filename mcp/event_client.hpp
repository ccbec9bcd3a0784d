#pragma once

#include "mcp/remote_client.hpp"
#include "mcp/remote_message.hpp"
#include "mcp/remote_outbox.hpp"

#include <cstdint>
#include <map>
#include <string>

namespace orch::mcp {

/// The client's side of HTTP+SSE (2024-11-05): all messages of the server come on one stream, whose
/// first event names where ours are posted to, at the same origin. The session is that stream: when
/// it ends, the link is over.
class event_client final : public remote_client {
public:
    event_client(remote_port& port, remote_limits limits);

    bool send(std::string line) override;
    void close() override;
    void stream_began(std::uint64_t number, const remote_head& head) override;
    void stream_event(std::uint64_t number, remote_event event) override;
    void answered(std::uint64_t number, const remote_head& head, std::string body) override;
    void failed(std::uint64_t number, const remote_failure& failure) override;

private:
    enum class phase { fresh, opening, open, over };

    void flush();
    void endpoint_named(const std::string& reference);
    void post(remote_message message);
    void posted(std::uint64_t number, const std::string& problem);
    void end(const std::string& why);

    remote_port& port_;
    const remote_limits limits_;
    phase phase_ = phase::fresh;
    remote_outbox outbox_;
    std::map<std::uint64_t, remote_message> posts_;
    std::uint64_t last_number_ = 0;
    std::uint64_t stream_ = 0;
    std::string endpoint_;
    /// `notifications/initialized` is under way: nothing may overtake it.
    bool confirming_ = false;
};

} // namespace orch::mcp
