#pragma once

#include "mcp/remote_client.hpp"
#include "mcp/remote_message.hpp"

#include <cstddef>
#include <deque>
#include <optional>
#include <string_view>

namespace orch::mcp {

/// Messages that wait for their turn on the way to a remote server. Requests wait for each other;
/// notifications and answers overtake them, since they may be what a request waits for.
class remote_outbox {
public:
    explicit remote_outbox(const remote_limits& limits) : limits_(limits) {}

    /// False: too many wait.
    [[nodiscard]] bool push(remote_message message);
    /// In front of those of its kind: it was on its way already. Takes no notice of the limits.
    void put_back(remote_message message);
    /// The next one; a request only with `requests`, another only with `others`.
    [[nodiscard]] std::optional<remote_message> pop(bool requests, bool others);
    /// True when a request with that id was waiting; it is gone.
    [[nodiscard]] bool withdraw(std::string_view id);
    void clear() noexcept;
    [[nodiscard]] bool empty() const noexcept { return requests_.empty() && others_.empty(); }

private:
    [[nodiscard]] std::deque<remote_message>& queue_of(const remote_message& message) {
        return message.what == remote_message::kind::request ? requests_ : others_;
    }
    [[nodiscard]] remote_message take(std::deque<remote_message>& from);

    const remote_limits limits_;
    std::deque<remote_message> requests_;
    std::deque<remote_message> others_;
    std::size_t bytes_ = 0;
};

} // namespace orch::mcp
