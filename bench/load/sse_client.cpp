#include "bench/load/mcp_client.hpp"

#include <stdexcept>

namespace orch::bench {

namespace {

/// So many connections come from one loopback address before the next is taken.
constexpr std::uint32_t streams_per_address = 5000;

class sse_client final : public mcp_client {
public:
    sse_client(boost::asio::io_context& context, endpoint where, std::uint32_t number,
               std::shared_ptr<poster> messages)
        : mcp_client(std::move(where), number),
          source_(static_cast<unsigned char>(1 + number / streams_per_address)),
          messages_(std::move(messages)),
          reader_({[](int status, std::string_view) {
                       if (status != 200) {
                           throw std::runtime_error("no stream: " + std::to_string(status));
                       }
                   },
                   [this](std::string_view piece) { cut(piece); },
                   [] {
                       throw std::runtime_error("a stream ended");
                   }}),
          stream_(context, [this](std::string_view bytes) { reader_.feed(bytes); }) {}

    void open(then ready) override {
        ready_ = std::move(ready);
        stream_.connect(where().to, source_);
        stream_.send(
            http_request(where().to, "GET", where().path, "Accept: text/event-stream\r\n"));
    }

private:
    void send(const std::string& message) override {
        messages_->send(http_request(where().to, "POST", messages_path_,
                                     "Content-Type: application/json\r\n", message),
                        [](const answer& taken) {
                            if (taken.status != 202) {
                                throw std::runtime_error("a message was refused: " + taken.body);
                            }
                        });
    }

    void cut(std::string_view piece) {
        event_.append(piece);
        for (auto end = event_.find("\n\n"); end != std::string::npos; end = event_.find("\n\n")) {
            const auto event = event_.substr(0, end);
            event_.erase(0, end + 2);
            take(event);
        }
    }

    void take(std::string_view event) {
        const auto data = event.find("data: ");
        if (data == std::string_view::npos) {
            return; // a comment that keeps the connection alive
        }
        const auto value = event.substr(data + 6);
        if (event.starts_with("event: endpoint")) {
            messages_path_ = value;
            shake_hands(std::move(ready_));
        } else {
            receive(value);
        }
    }

    unsigned char source_;
    std::shared_ptr<poster> messages_;
    response_reader reader_;
    client_connection stream_;
    std::string event_;
    std::string messages_path_;
    then ready_;
};

} // namespace

std::unique_ptr<mcp_client> make_sse_client(boost::asio::io_context& context, endpoint where,
                                            std::uint32_t number,
                                            std::shared_ptr<poster> messages) {
    return std::make_unique<sse_client>(context, std::move(where), number, std::move(messages));
}

} // namespace orch::bench
