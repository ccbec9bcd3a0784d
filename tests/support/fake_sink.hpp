#pragma once

#include "actors/event_sink.hpp"

#include <functional>
#include <optional>
#include <string>
#include <utility>

namespace orch::test {

/// Keeps what the client of one request would get.
class fake_sink final : public actors::event_sink {
public:
    void respond(net::response given) override { answer = std::move(given); }
    void push(net::frame event) override {
        streaming = true;
        text += event ? *event : "";
    }
    void finish() override { ++finished; }
    void on_end(std::function<void()> callback) override { end = std::move(callback); }
    void on_late(std::chrono::milliseconds given, std::function<void()> callback) override {
        after = given;
        late = std::move(callback);
    }

    /// The id of the last event; empty when there was none.
    [[nodiscard]] std::string last_id() const {
        const auto at = text.rfind("\nid: ") == std::string::npos ? text.find("id: ")
                                                                  : text.rfind("\nid: ") + 1;
        return at == std::string::npos ? "" : text.substr(at + 4, text.find('\n', at) - at - 4);
    }

    std::optional<net::response> answer;
    std::string text;
    bool streaming = false;
    int finished = 0;
    std::chrono::milliseconds after{};
    std::function<void()> late;
    std::function<void()> end;
};

} // namespace orch::test
