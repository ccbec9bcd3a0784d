#include "bench/load/mcp_client.hpp"

#include <fmt/format.h>

#include <stdexcept>

namespace orch::bench {

namespace {

class streamable_client final : public mcp_client {
public:
    streamable_client(boost::asio::io_context& context, endpoint where, std::uint32_t number)
        : mcp_client(std::move(where), number), requests_(context, this->where().to) {}

    void open(then ready) override { shake_hands(std::move(ready)); }

private:
    void send(const std::string& message) override {
        requests_.send(http_request(where().to, "POST", where().path, headers(), message),
                       [this](const answer& got) { take(got); });
    }

    std::string headers() const {
        constexpr std::string_view always = "Content-Type: application/json\r\n"
                                            "Accept: application/json, text/event-stream\r\n";
        return session_.empty()
                   ? std::string(always)
                   : fmt::format("{}MCP-Protocol-Version: 2025-06-18\r\nMcp-Session-Id: {}\r\n",
                                 always, session_);
    }

    void take(const answer& got) {
        if (got.status == 202) {
            return; // a notification
        }
        if (got.status != 200) {
            throw std::runtime_error(fmt::format("status {}: {}", got.status, got.body));
        }
        if (session_.empty()) {
            session_ = header_value(got.head, "mcp-session-id");
        }
        receive(got.body);
    }

    poster requests_;
    std::string session_;
};

} // namespace

std::unique_ptr<mcp_client> make_streamable_client(boost::asio::io_context& context, endpoint where,
                                                   std::uint32_t number) {
    return std::make_unique<streamable_client>(context, std::move(where), number);
}

} // namespace orch::bench
