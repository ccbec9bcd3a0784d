#pragma once

#include "net/blocking_socket.hpp"
#include "net/message.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace orch::net {

/// What one exchange asks for.
struct outgoing_request {
    std::string_view method;
    std::string_view target;
    /// Beside Host, Content-Length, Connection and, with a body, Content-Type application/json.
    header_list headers = {};
    std::string_view body = {};
};

/// One HTTP exchange on a connection of its own, whose answer may go on for ever (an event
/// stream). Blocks, for the command line only; one thread reads, any may call `abandon`.
class blocking_exchange {
public:
    using clock = blocking_socket::clock;

    /// Sends the request and waits for the head of the answer. When it fails with `unavailable` or
    /// `forbidden` nothing was sent; otherwise the request may have been carried out.
    [[nodiscard]] static result<blocking_exchange>
    open(const peer_address& to, const outgoing_request& request, clock::time_point deadline);
    blocking_exchange(blocking_exchange&&) noexcept;
    ~blocking_exchange();

    /// Status, content type and headers; the body stays empty.
    [[nodiscard]] const response& head() const noexcept;
    /// The next piece of the body, never empty but at its end. `protocol_violation` when the
    /// connection ends before the body does.
    [[nodiscard]] result<std::string> read_some(clock::time_point deadline);
    /// All of the body; `too_large` over `bytes_max`.
    [[nodiscard]] result<std::string> read_rest(std::size_t bytes_max, clock::time_point deadline);
    /// Ends the connection; whoever reads is told that it broke.
    void abandon() const noexcept;

private:
    struct state;
    explicit blocking_exchange(std::unique_ptr<state> made);

    std::unique_ptr<state> state_;
};

} // namespace orch::net
