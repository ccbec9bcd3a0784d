#pragma once

#include "net/message.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace orch::net {

/// "OK" for 200; "Unknown" for a status that has no name here.
[[nodiscard]] std::string_view reason_phrase(int status) noexcept;

/// Appends `name: value` lines. A header with a line break or NUL is left out and logged: it would
/// let its author write headers of their own.
void append_headers(std::string& out, const header_list& headers);

/// The response that a connection is sending: header and body leave in one gathered write.
/// The buffers are kept for the next response, but not those of a large one.
class outgoing_response {
public:
    enum class progress { done, blocked, broken };
    struct framing {
        bool keep_alive = true;
        /// For HEAD: all headers, no body.
        bool head_only = false;
        bool http_1_0 = false;
    };

    void load(response&& answer, framing how);
    /// Sends as much as the socket takes; never waits.
    [[nodiscard]] progress send(int socket);
    void release();

    [[nodiscard]] int status() const noexcept { return status_; }
    /// Header and body.
    [[nodiscard]] std::size_t bytes() const noexcept { return head_.size() + body_.size(); }
    /// Changes whenever the peer has taken something.
    [[nodiscard]] std::size_t bytes_sent() const noexcept { return sent_; }

private:
    void compose_head(const response& answer, framing how);

    int status_ = 0;
    std::size_t sent_ = 0;
    std::string head_;
    std::string body_;
};

} // namespace orch::net
