#include "net/running_child.hpp"

#include "net/launch.hpp"
#include "net/pidfd.hpp"

#include <boost/asio/post.hpp>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <string_view>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/wait.h>

namespace asio = boost::asio;

namespace orch::net {
namespace {

using boost::system::error_code;
using descriptor = asio::posix::stream_descriptor;

constexpr std::size_t read_buffer_bytes = std::size_t{64} * 1024;
/// What one child may deliver before others get their turn.
constexpr std::size_t read_turn_bytes_max = std::size_t{256} * 1024;
/// For the last owner of a child whose io context is gone: the launcher needs milliseconds.
constexpr int last_wait_ms = 2'000;

/// One for all children of a thread: it holds bytes only within one read.
char* read_buffer() {
    thread_local const auto buffer = std::make_unique<char[]>(read_buffer_bytes);
    return buffer.get();
}

/// On failure `from` keeps the descriptor.
result<void> assign(descriptor& to, owned_fd& from) {
    error_code failure;
    to.assign(from.get(), failure);
    if (failure) {
        return errno_error("the child's descriptors cannot be watched", failure.value());
    }
    static_cast<void>(from.release());
    to.native_non_blocking(true, failure);
    return {};
}

void close(descriptor& what) noexcept {
    error_code ignored;
    what.close(ignored);
}

enum class our_side { read, write };

/// Makes a pipe; our side goes to `ours`, the other one is returned.
result<owned_fd> make_pipe(descriptor& ours, our_side side) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) {
        return errno_error("no pipe for the child", errno);
    }
    const int our_index = side == our_side::read ? 0 : 1;
    owned_fd kept{ends[our_index]};
    owned_fd theirs{ends[1 - our_index]};
    if (const auto fine = assign(ours, kept); !fine) {
        return fine.error();
    }
    return theirs;
}

/// For a child that nobody watches through the reactor; waits a bounded time.
void end_and_reap(int pidfd) noexcept {
    signal_pidfd(pidfd, SIGUSR1);
    pollfd ended{pidfd, POLLIN, 0};
    ::poll(&ended, 1, last_wait_ms);
    siginfo_t info{};
    ::waitid(P_PIDFD, static_cast<id_t>(pidfd), &info, WEXITED | WNOHANG);
}

exit_status to_exit_status(const siginfo_t& info) {
    if (info.si_code == CLD_EXITED) {
        return {info.si_status, 0};
    }
    return {0, info.si_status};
}

} // namespace

running_child::~running_child() {
    if (pid_ < 0 || is_reaped_) {
        return;
    }
    // The io context ended before the child did, so nobody will tell of the exit.
    end_and_reap(exit_.native_handle());
}

result<void> running_child::start(const launch_spec& spec) {
    auto stdin_read = make_pipe(stdin_, our_side::write);
    auto stdout_write = make_pipe(stdout_.pipe, our_side::read);
    auto stderr_write = make_pipe(stderr_.pipe, our_side::read);
    for (const auto* end : {&stdin_read, &stdout_write, &stderr_write}) {
        if (!*end) {
            return end->error();
        }
    }
    auto started = launch(
        spec, {std::move(*stdin_read), std::move(*stdout_write), std::move(*stderr_write)});
    if (!started) {
        return started.error();
    }
    if (const auto fine = assign(exit_, started->pidfd); !fine) {
        end_and_reap(started->pidfd.get());
        return fine.error();
    }
    pid_ = started->pid;
    wait_for_exit();
    wait_for_output(stdout_);
    wait_for_output(stderr_);
    return {};
}

void running_child::wait_for_exit() {
    exit_.async_wait(descriptor::wait_read, [self = shared_from_this()](error_code failure) {
        if (!failure) {
            self->handle_exit();
        }
    });
}

void running_child::handle_exit() {
    siginfo_t info{};
    const auto pidfd = static_cast<id_t>(exit_.native_handle());
    if (::waitid(P_PIDFD, pidfd, &info, WEXITED | WNOHANG) == 0 && info.si_pid == 0) {
        wait_for_exit();
        return;
    }
    is_reaped_ = true;
    close(exit_);
    // A descendant that got away may hold the pipes open for ever, so nobody waits for their end.
    drain(stdout_);
    drain(stderr_);
    close_pipes();
    // Destroying the handle in its last callback must not destroy the function that runs.
    const auto callbacks = std::move(callbacks_);
    if (!is_abandoned_ && callbacks.on_exit) {
        callbacks.on_exit(to_exit_status(info));
    }
}

void running_child::wait_for_output(child_output& from) {
    from.pipe.async_wait(descriptor::wait_read,
                         [self = shared_from_this(), &from](error_code failure) {
                             if (failure || !from.pipe.is_open()) {
                                 return;
                             }
                             self->read(from, read_turn_bytes_max);
                             if (from.pipe.is_open()) {
                                 self->wait_for_output(from);
                             }
                         });
}

void running_child::read(child_output& from, std::size_t bytes_max) {
    char* const buffer = read_buffer();
    while (bytes_max > 0 && from.pipe.is_open()) {
        const auto wanted = std::min(bytes_max, read_buffer_bytes);
        const auto bytes = ::read(from.pipe.native_handle(), buffer, wanted);
        if (bytes < 0 && errno == EINTR) {
            continue;
        }
        if (bytes < 0 && errno == EAGAIN) {
            return;
        }
        if (bytes <= 0) {
            finish(from);
            if (from.kind == child_output::stream::out) {
                tell_lost(child_pipe::out);
            }
            return;
        }
        const auto count = static_cast<std::size_t>(bytes);
        for (std::string_view rest{buffer, count}; auto line = from.lines.take(rest);) {
            deliver(from.kind, std::move(*line));
        }
        // A pipe gives all it has: a second call would only be told to come back later.
        if (count < wanted) {
            return;
        }
        bytes_max -= count;
    }
}

void running_child::drain(child_output& from) {
    int waiting = 0;
    if (from.pipe.is_open() && ::ioctl(from.pipe.native_handle(), FIONREAD, &waiting) == 0) {
        read(from, static_cast<std::size_t>(waiting));
    }
    finish(from);
}

void running_child::finish(child_output& from) {
    if (auto line = from.lines.finish()) {
        deliver(from.kind, std::move(*line));
    }
    close(from.pipe);
}

void running_child::tell_lost(child_pipe which) {
    if (is_abandoned_ || is_reaped_ || std::exchange(is_loss_told_, true)) {
        return;
    }
    if (callbacks_.on_pipe_lost) {
        callbacks_.on_pipe_lost(which);
    }
}

void running_child::deliver(child_output::stream from, line_reader::line&& line) {
    if (is_abandoned_) {
        return;
    }
    const auto& on_line = from == child_output::stream::out ? callbacks_.on_line
                                                            : callbacks_.on_stderr_line;
    if (line.discarded_bytes > 0) {
        if (callbacks_.on_oversized_line) {
            callbacks_.on_oversized_line(line.discarded_bytes);
        }
    } else if (on_line) {
        on_line(std::move(line.text));
    }
}

bool running_child::write_line(std::string line) {
    if (is_stdin_closing_ || !stdin_.is_open()) {
        return false;
    }
    line.push_back('\n');
    if (!queue_.push(std::move(line))) {
        return false;
    }
    schedule_flush();
    return true;
}

void running_child::close_stdin() {
    is_stdin_closing_ = true;
    if (queue_.empty()) {
        close(stdin_);
    }
}

void running_child::schedule_flush() {
    if (is_flush_pending_) {
        return;
    }
    is_flush_pending_ = true;
    auto flush_later = [self = shared_from_this()] {
        self->flush();
    };
    if (callbacks_.at_turn_end) {
        callbacks_.at_turn_end(std::move(flush_later));
    } else {
        asio::post(stdin_.get_executor(), std::move(flush_later));
    }
}

void running_child::flush() {
    is_flush_pending_ = false;
    if (!stdin_.is_open()) {
        return;
    }
    switch (queue_.write_to(stdin_.native_handle())) {
    case write_queue::outcome::drained:
        if (is_stdin_closing_) {
            close(stdin_);
        }
        break;
    case write_queue::outcome::yielded: schedule_flush(); break;
    case write_queue::outcome::blocked:
        is_flush_pending_ = true;
        stdin_.async_wait(descriptor::wait_write,
                          [self = shared_from_this()](error_code) { self->flush(); });
        break;
    case write_queue::outcome::broken:
        queue_.clear();
        close(stdin_);
        if (!is_stdin_closing_) {
            tell_lost(child_pipe::in);
        }
        break;
    }
}

void running_child::close_pipes() noexcept {
    close(stdin_);
    close(stdout_.pipe);
    close(stderr_.pipe);
    queue_.clear();
}

void running_child::send(int signal) noexcept {
    if (!is_reaped_) {
        signal_pidfd(exit_.native_handle(), signal);
    }
}

void running_child::abandon() {
    is_abandoned_ = true;
    if (is_reaped_) {
        return;
    }
    send(SIGUSR1);
    close_pipes();
    // One of them may be running right now; what they captured goes as soon as it has returned.
    asio::post(exit_.get_executor(), [self = shared_from_this()] { self->callbacks_ = {}; });
}

} // namespace orch::net
