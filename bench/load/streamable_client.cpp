#include "bench/load/mcp_client.hpp"

#include <fmt/format.h>

namespace orch::bench {

namespace {

class streamable_client final : public mcp_client {
public:
    streamable_client(boost::asio::io_context& context, endpoint where, std::uint32_t number)
        : mcp_client(std::move(where), number),
          requests_(context, this->where().to, source_of(number)) {
        requests_.on_event([this](std::string_view, std::string_view data) {
            learn_session();
            receive(data);
        });
        requests_.on_lost([this](const std::string& why) { lose(why); });
    }

    void open(then ready) override { shake_hands(std::move(ready)); }

    void leave(then left) override {
        // Whether the server takes it or has no such thing (405), the session is over for us.
        requests_.send(http_request(where().to, "DELETE", where().path, headers()),
                       [this, left = std::move(left)](const answer&) {
                           close();
                           left();
                       });
    }

    void stop_reading() override { requests_.stop_reading(); }

private:
    void send(const std::string& message) override {
        requests_.send(http_request(where().to, "POST", where().path, headers(), message),
                       [this, asked = open_request()](const answer& got) { take(got, asked); });
    }

    void disconnect(client_connection::manner how) override { requests_.close(how); }

    std::string headers() const {
        std::string lines = "Content-Type: application/json\r\n"
                            "Accept: application/json, text/event-stream\r\n";
        if (!version().empty()) {
            lines += "MCP-Protocol-Version: " + version() + "\r\n";
        }
        if (!session_.empty()) {
            lines += "Mcp-Session-Id: " + session_ + "\r\n";
        }
        return lines;
    }

    /// `asked` is the request that this is the response to; 0: it was a notification.
    void take(const answer& got, std::uint64_t asked) {
        if (asked == 0 && got.status >= 200 && got.status <= 204) {
            return;
        }
        // An error of a call may come with a status of its own; a session that is gone does, too.
        const bool is_refused = got.status == 401 || got.status == 403 || got.status == 404;
        if (got.status != 200 && (is_refused || got.body.empty() || !is_awaited(got.body))) {
            lose(fmt::format("status {}: {}", got.status, got.body));
            return;
        }
        if (!got.body.empty()) {
            learn_session();
            receive(got.body);
        }
        if (asked != 0 && asked == open_request()) {
            lose("a response without the answer");
        }
    }

    void learn_session() {
        if (session_.empty()) {
            session_ = header_value(requests_.latest().head, "mcp-session-id");
        }
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
