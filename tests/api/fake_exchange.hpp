#pragma once

#include "net/exchange.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace orch::test {

/// Keeps the frames of one stream.
class fake_stream final : public net::event_stream {
public:
    void send(net::frame piece) override { text += *piece; }
    void finish() override { ++finished; }
    void break_off() override { ++broken_off; }
    void on_drained(std::function<void()> callback) override { callback(); }
    void on_end(std::function<void(net::stream_end)> callback) override {
        end = [callback = std::move(callback)] {
            callback(net::stream_end::peer_closed);
        };
    }
    [[nodiscard]] std::size_t unit() const noexcept override { return 0; }

    std::string text;
    std::function<void()> end;
    int finished = 0;
    int broken_off = 0;
};

/// Keeps the answer to one request; a second one does not count, as in the real one.
class fake_exchange final : public net::exchange {
public:
    void respond(net::response given) override {
        ++answers;
        if (!answer && !stream) {
            answer = std::move(given);
        }
    }
    net::event_stream_ptr open_stream(net::header_list given, net::frame first) override {
        ++answers;
        stream = std::make_shared<fake_stream>();
        stream_headers = std::move(given);
        if (first) {
            stream->send(std::move(first));
        }
        return stream;
    }
    net::event_stream_ptr open_download(std::string_view /*content_type*/,
                                        net::header_list given) override {
        return open_stream(std::move(given), net::bytes_frame("\n"));
    }
    void on_peer_gone(std::function<void()> /*callback*/) override {}
    void on_late(std::chrono::milliseconds after, std::function<void()> callback) override {
        late_after = after;
        late = std::move(callback);
    }
    void note_route(std::string_view pattern) override { route = pattern; }
    void note_principal(std::string name) override { principal = std::move(name); }

    std::optional<net::response> answer;
    std::shared_ptr<fake_stream> stream;
    net::header_list stream_headers;
    std::chrono::milliseconds late_after{};
    std::function<void()> late;
    int answers = 0;
    std::string route;
    std::string principal;
};

} // namespace orch::test
