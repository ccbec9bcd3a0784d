#include "app/stop_signals.hpp"

#include <csignal>

#include <poll.h>
#include <sys/signalfd.h>
#include <unistd.h>

namespace orch::app {

namespace {

sigset_t stop_set() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGHUP);
    return set;
}

} // namespace

stop_signals::stop_signals() {
    std::signal(SIGPIPE, SIG_IGN);
    const auto set = stop_set();
    ::pthread_sigmask(SIG_BLOCK, &set, nullptr);
    descriptor_ = ::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

stop_signals::~stop_signals() { ::close(descriptor_); }

bool stop_signals::wait_for(std::chrono::milliseconds time) {
    pollfd ready{descriptor_, POLLIN, 0};
    if (::poll(&ready, 1, static_cast<int>(time.count())) <= 0) {
        return false;
    }
    signalfd_siginfo taken{};
    return ::read(descriptor_, &taken, sizeof taken) == sizeof taken;
}

void stop_signals::wait() {
    while (!wait_for(std::chrono::hours(1))) {
    }
}

void stop_signals::exit_on_next() {
    const auto set = stop_set();
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
    ::pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
}

} // namespace orch::app
