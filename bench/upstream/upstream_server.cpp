#include "bench/upstream/upstream_server.hpp"

#include "bench/upstream/tool_server.hpp"

#include "core/byte_sizes.hpp"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <optional>

#include <poll.h>
#include <unistd.h>

namespace orch::bench {

namespace {

using time_point = tool_server::time_point;

constexpr std::size_t read_bytes = 256 * kib;
constexpr std::size_t line_bytes_max = 64 * mib;

/// Cuts what arrives into lines. A line comes whole, however the bytes were cut.
class line_input {
public:
    /// Blocks until there are bytes. False: the input ended, or a line does not.
    bool read() {
        const auto known = unread_.size();
        unread_.resize(known + read_bytes);
        ssize_t size = -1;
        do {
            size = ::read(STDIN_FILENO, unread_.data() + known, read_bytes);
        } while (size < 0 && errno == EINTR);
        unread_.resize(known + static_cast<std::size_t>(size < 0 ? 0 : size));
        if (unread_.size() > line_bytes_max) {
            std::fputs("a line is longer than 64 MiB\n", stderr);
            return false;
        }
        return size > 0;
    }

    template <class OnLine>
    void take_lines(OnLine&& on_line) {
        std::size_t begin = 0;
        // What was looked at before has no line feed.
        for (auto end = unread_.find('\n', searched_); end != std::string::npos;
             end = unread_.find('\n', begin)) {
            line_.assign(unread_, begin, end - begin);
            begin = end + 1;
            on_line(line_);
        }
        unread_.erase(0, begin);
        searched_ = unread_.size();
    }

private:
    std::string unread_;
    std::string line_;
    std::size_t searched_ = 0;
};

/// Waits until there is input or `due` has come. True: there is input, or its end.
bool wait_for_input(time_point due) {
    const auto left = std::max(due - std::chrono::steady_clock::now(), std::chrono::nanoseconds{0});
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(left);
    const timespec wait{seconds.count(), (left - seconds).count()};
    pollfd input{STDIN_FILENO, POLLIN, 0};
    return ::ppoll(&input, 1, &wait, nullptr) > 0;
}

} // namespace

int run_upstream() {
    std::signal(SIGPIPE, SIG_IGN);
    tool_server server;
    line_input input;
    answer_batch answers;
    for (;;) {
        const auto due = server.next_due();
        const bool has_input = !due || wait_for_input(*due);
        if (has_input && !input.read()) {
            return 0;
        }
        const auto now = std::chrono::steady_clock::now();
        if (has_input) {
            input.take_lines([&](std::string& line) { server.take(line, now, answers); });
        }
        server.answer_due(now, answers);
        if (!answers.empty() && !answers.write_to(STDOUT_FILENO)) {
            return 1;
        }
    }
}

} // namespace orch::bench
