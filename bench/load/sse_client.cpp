#include "bench/load/mcp_client.hpp"

#include <fmt/format.h>

namespace orch::bench {

namespace {

class sse_client final : public mcp_client {
public:
    sse_client(boost::asio::io_context& context, endpoint where, std::uint32_t number,
               std::shared_ptr<poster> messages)
        : mcp_client(std::move(where), number), messages_(std::move(messages)),
          events_([this](std::string_view type, std::string_view data) { take(type, data); }),
          reader_({[this](int status, std::string_view) { begin(status); },
                   [this](std::string_view piece) { events_.feed(piece); },
                   [this] {
                       lose("a stream ended");
                   }}),
          stream_(context, {[this](std::string_view bytes) { reader_.feed(bytes); },
                            [this](const std::string& why) {
                                lose(why);
                            }}) {
        if (!messages_) {
            messages_ = std::make_shared<poster>(context, this->where().to, source_of(number));
            messages_->on_lost([this](const std::string& why) { lose(why); });
            owns_messages_ = true;
        }
    }

    void open(then ready) override {
        ready_ = std::move(ready);
        stream_.connect(where().to, source_of(number()));
        stream_.send(
            http_request(where().to, "GET", where().path, "Accept: text/event-stream\r\n"));
    }

    void leave(then left) override {
        close();
        left();
    }

    void stop_reading() override { stream_.stop_reading(); }

private:
    void send(const std::string& message) override {
        messages_->send(http_request(where().to, "POST", messages_path_,
                                     "Content-Type: application/json\r\n", message),
                        [this, alive = std::weak_ptr<char>(alive_)](const answer& taken) {
                            if (!alive.expired() && (taken.status < 200 || taken.status > 204)) {
                                lose(fmt::format("a message was refused with status {}: {}",
                                                 taken.status, taken.body));
                            }
                        });
    }

    void disconnect(client_connection::manner how) override {
        stream_.close(how);
        if (owns_messages_) {
            messages_->close(how);
        }
    }

    void begin(int status) {
        if (status != 200) {
            lose(fmt::format("no stream: status {}", status));
        }
    }

    void take(std::string_view type, std::string_view data) {
        if (type == "endpoint") {
            messages_path_ = resolve_path(where(), data);
            shake_hands(std::move(ready_));
        } else {
            receive(data);
        }
    }

    std::shared_ptr<poster> messages_;
    bool owns_messages_ = false;
    event_reader events_;
    response_reader reader_;
    client_connection stream_;
    std::string messages_path_;
    then ready_;
    /// A shared poster may answer when this is gone.
    std::shared_ptr<char> alive_ = std::make_shared<char>();
};

} // namespace

std::unique_ptr<mcp_client> make_sse_client(boost::asio::io_context& context, endpoint where,
                                            std::uint32_t number,
                                            std::shared_ptr<poster> messages) {
    return std::make_unique<sse_client>(context, std::move(where), number, std::move(messages));
}

} // namespace orch::bench
