#pragma once

#include "core/byte_sizes.hpp"
#include "core/error.hpp"
#include "net/owned_fd.hpp"

#include <array>
#include <chrono>
#include <memory>
#include <string>
#include <string_view>

namespace orch::net {

/// Where a server listens: a unix socket, or a name and port when `unix_socket` is empty.
struct peer_address {
    std::string unix_socket;
    std::string host;
    std::string port;

    /// For sentences: the path, or `host:port`.
    [[nodiscard]] std::string to_string() const;
};

/// A connected socket whose every wait has a deadline, for the command line only. One thread at a
/// time sends and receives; any thread may call `abandon`.
class blocking_socket {
public:
    using clock = std::chrono::steady_clock;

    /// `unavailable` when nobody listens there, `forbidden` when this account may not connect.
    [[nodiscard]] static result<blocking_socket> connect(const peer_address& to,
                                                         clock::time_point deadline);

    /// `timeout`, or `io_failure` when the connection broke.
    [[nodiscard]] result<void> send(std::string_view text, clock::time_point deadline);
    /// At least one byte, valid until the next call; none at the end of the stream.
    [[nodiscard]] result<std::string_view> receive(clock::time_point deadline);
    /// Ends both directions: whoever waits in `receive` gets the end of the stream.
    void abandon() const noexcept;

private:
    using buffer = std::array<char, 16 * kib>;

    blocking_socket(owned_fd socket, std::string name);

    /// After a call failed: waits when it only has to be made again.
    [[nodiscard]] result<void> retry(short events, clock::time_point deadline) const;

    owned_fd socket_;
    std::string name_;
    /// On the heap, so that what `receive` gave survives a move.
    std::unique_ptr<buffer> buffer_;
};

} // namespace orch::net
