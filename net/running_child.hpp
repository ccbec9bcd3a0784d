#pragma once

#include "net/child_process.hpp"
#include "net/line_reader.hpp"
#include "net/write_queue.hpp"

#include <boost/asio/posix/stream_descriptor.hpp>

#include <cstddef>
#include <memory>
#include <string>

namespace orch::net {

/// One of the child's outputs, cut into lines.
struct child_output {
    enum class stream { out, err };

    child_output(boost::asio::io_context& context, stream is, std::size_t line_bytes_max,
                 line_reader::overflow policy)
        : kind(is), pipe(context), lines(line_bytes_max, policy) {}

    stream kind;
    boost::asio::posix::stream_descriptor pipe;
    line_reader lines;
};

/// Pipes and pidfd of one child. Pending operations share it, so it outlives the handle until
/// the launcher is reaped: else a zombie would stay.
class running_child : public std::enable_shared_from_this<running_child> {
public:
    running_child(boost::asio::io_context& context, const child_options& options,
                  child_process::callbacks callbacks)
        : callbacks_(std::move(callbacks)), exit_(context), stdin_(context),
          queue_(options.stdin_queue_bytes_max),
          stdout_(context, child_output::stream::out, options.line_bytes_max,
                  line_reader::overflow::discard),
          stderr_(context, child_output::stream::err, options.stderr_line_bytes_max,
                  line_reader::overflow::cut) {}
    ~running_child();

    [[nodiscard]] result<void> start(const launch_spec& spec);
    [[nodiscard]] bool write_line(std::string line);
    void close_stdin();
    void send(int signal) noexcept;
    /// The handle is gone: no more callbacks, and the tree has to end.
    void abandon();
    [[nodiscard]] pid_t pid() const noexcept { return pid_; }
    [[nodiscard]] std::size_t queued_bytes() const noexcept { return queue_.bytes(); }

private:
    void wait_for_exit();
    void handle_exit();
    void wait_for_output(child_output& from);
    void read(child_output& from, std::size_t bytes_max);
    void drain(child_output& from);
    void finish(child_output& from);
    void tell_lost(child_pipe which);
    void deliver(child_output::stream from, line_reader::line&& line);
    void schedule_flush();
    void flush();
    void close_pipes() noexcept;

    child_process::callbacks callbacks_;
    pid_t pid_ = -1;
    bool is_abandoned_ = false;
    bool is_reaped_ = false;
    boost::asio::posix::stream_descriptor exit_;
    boost::asio::posix::stream_descriptor stdin_;
    write_queue queue_;
    bool is_flush_pending_ = false;
    bool is_stdin_closing_ = false;
    bool is_loss_told_ = false;
    child_output stdout_;
    child_output stderr_;
};

} // namespace orch::net
