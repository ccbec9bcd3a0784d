#include "net/child_process.hpp"

#include "net/running_child.hpp"

#include <csignal>
#include <cstring>

namespace orch::net {
namespace {

class child_handle final : public child_process {
public:
    explicit child_handle(std::shared_ptr<running_child> child) : child_(std::move(child)) {}
    ~child_handle() override { child_->abandon(); }

    bool write_line(std::string line) override { return child_->write_line(std::move(line)); }
    void close_stdin() override { child_->close_stdin(); }
    void terminate() override { child_->send(SIGTERM); }
    void kill() override { child_->send(SIGUSR1); }
    pid_t pid() const noexcept override { return child_->pid(); }
    std::size_t queued_bytes() const noexcept override { return child_->queued_bytes(); }

private:
    std::shared_ptr<running_child> child_;
};

} // namespace

std::string exit_status::to_string() const {
    if (signal == 0) {
        return "exit code " + std::to_string(code);
    }
    const char* name = ::sigabbrev_np(signal);
    return "signal " + (name != nullptr ? "SIG" + std::string{name} : std::string{"unknown"}) +
           " (" + std::to_string(signal) + ")";
}

result<std::unique_ptr<child_process>> child_process::spawn(boost::asio::io_context& context,
                                                            const launch_spec& spec,
                                                            const child_options& options,
                                                            callbacks callbacks) {
    const auto child = std::make_shared<running_child>(context, options, std::move(callbacks));
    if (const auto started = child->start(spec); !started) {
        return started.error();
    }
    return std::unique_ptr<child_process>{std::make_unique<child_handle>(child)};
}

} // namespace orch::net
