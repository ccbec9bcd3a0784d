#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

namespace orch::bench {

/// An MCP server on its pipe with nothing between: what a gateway cannot surpass. Blocks; throws
/// when the server ends or says nothing for a minute.
class pipe_client {
public:
    /// Starts the program, which is looked up in PATH. Its stderr is ours.
    explicit pipe_client(const std::vector<std::string>& command);
    pipe_client(const pipe_client&) = delete;
    pipe_client& operator=(const pipe_client&) = delete;
    /// Closes its stdin and waits for its end, which comes by force after a second.
    ~pipe_client();

    /// initialize and its answer, then notifications/initialized.
    void shake_hands();
    /// One message without its line feed, which is sent while `receive` waits.
    void send(std::string_view message);
    /// The next line. It lives until the next call.
    [[nodiscard]] std::string_view receive();

private:
    void exchange_bytes();

    pid_t child_ = -1;
    int to_child_ = -1;
    int from_child_ = -1;
    std::string outgoing_;
    std::string incoming_;
    /// What of `incoming_` was received, and how far it was searched for a line feed.
    std::size_t taken_ = 0;
    std::size_t searched_ = 0;
};

/// From the start of the program to its answer to initialize.
[[nodiscard]] std::chrono::nanoseconds start_time_of(const std::vector<std::string>& command);

} // namespace orch::bench
