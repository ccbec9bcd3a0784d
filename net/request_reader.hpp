#pragma once

#include "net/message.hpp"

#include <cstddef>
#include <memory>
#include <string_view>

namespace orch::net {

/// Turns the bytes of a connection into requests, one after the other. Owned by its connection;
/// does no I/O. What it refuses is refused for good: the framing of the rest is not to be trusted.
class request_reader {
public:
    struct limits {
        std::size_t header_bytes_max;
        std::size_t body_bytes_max;
    };
    enum class progress { header_wanted, body_wanted, complete, refused };
    struct refusal {
        int status;
        std::string_view reason;
    };

    explicit request_reader(limits bounds);
    ~request_reader();

    /// Eats the start of `data`, at most up to the end of one request, and says how much.
    /// Not to be called again after `complete` or `refused` without `reset`.
    [[nodiscard]] std::size_t feed(std::string_view data);
    [[nodiscard]] progress state() const noexcept { return state_; }
    /// Forgets the request; the next byte starts a new one.
    void reset();

    /// What has been read; whole when `complete`, and then to be moved from.
    [[nodiscard]] request& message() noexcept;
    /// Valid in state `refused`.
    [[nodiscard]] refusal why_refused() const noexcept;
    /// Whether the client wants to send another request afterwards.
    [[nodiscard]] bool keep_alive() const;
    [[nodiscard]] bool is_http_1_0() const noexcept;
    /// Whether the client waits for `100 Continue` before it sends the body.
    [[nodiscard]] bool expects_continue() const noexcept;
    /// Body bytes still to come, as far as known.
    [[nodiscard]] std::size_t body_bytes_left() const;

private:
    class parser;

    limits bounds_;
    progress state_ = progress::header_wanted;
    refusal refusal_{};
    /// Holds one parser object for the life of the connection, rebuilt in place per request.
    struct slot;
    std::unique_ptr<slot> slot_;
};

} // namespace orch::net
