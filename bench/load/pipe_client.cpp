#include "bench/load/pipe_client.hpp"

#include "core/byte_sizes.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <stdexcept>
#include <system_error>
#include <thread>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace orch::bench {

namespace {

using namespace std::chrono_literals;

constexpr int longest_silence_ms = 60'000;
constexpr auto farewell = 1s;
constexpr std::size_t piece_bytes = 256 * kib;

constexpr std::string_view initialize =
    R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25",)"
    R"("capabilities":{},"clientInfo":{"name":"mcp-orch-bench","version":"1"}}})";
constexpr std::string_view initialized =
    R"({"jsonrpc":"2.0","method":"notifications/initialized"})";

void require(bool is_well, const char* what) {
    if (!is_well) {
        throw std::system_error(errno, std::generic_category(), what);
    }
}

std::array<int, 2> make_pipe() {
    std::array<int, 2> ends{};
    require(::pipe2(ends.data(), O_CLOEXEC) == 0, "no pipe");
    return ends;
}

pid_t spawn(const std::vector<std::string>& command, int input, int output) {
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    std::vector<std::string> words = command;
    std::vector<char*> arguments;
    arguments.reserve(words.size() + 1);
    for (auto& word : words) {
        arguments.push_back(word.data());
    }
    arguments.push_back(nullptr);
    pid_t child = -1;
    errno = ::posix_spawnp(&child, arguments[0], &actions, nullptr, arguments.data(), environ);
    ::posix_spawn_file_actions_destroy(&actions);
    require(errno == 0, "the program cannot be started");
    return child;
}

} // namespace

pipe_client::pipe_client(const std::vector<std::string>& command) {
    std::signal(SIGPIPE, SIG_IGN);
    const auto input = make_pipe();
    const auto output = make_pipe();
    to_child_ = input[1];
    from_child_ = output[0];
    ::fcntl(to_child_, F_SETFL, O_NONBLOCK);
    child_ = spawn(command, input[0], output[1]);
    ::close(input[0]);
    ::close(output[1]);
}

pipe_client::~pipe_client() {
    ::close(to_child_);
    ::close(from_child_);
    const auto deadline = std::chrono::steady_clock::now() + farewell;
    while (::waitpid(child_, nullptr, WNOHANG) == 0) {
        if (std::chrono::steady_clock::now() > deadline) {
            ::kill(child_, SIGKILL);
            ::waitpid(child_, nullptr, 0);
            return;
        }
        std::this_thread::sleep_for(1ms);
    }
}

void pipe_client::shake_hands() {
    send(initialize);
    const auto answer = receive();
    if (answer.find("\"protocolVersion\"") == std::string_view::npos) {
        throw std::runtime_error("initialize was refused: " + std::string(answer.substr(0, 500)));
    }
    send(initialized);
}

void pipe_client::send(std::string_view message) { outgoing_.append(message).push_back('\n'); }

std::string_view pipe_client::receive() {
    if (taken_ == incoming_.size()) {
        incoming_.clear();
        taken_ = searched_ = 0;
    }
    auto end = incoming_.find('\n', searched_);
    while (end == std::string::npos) {
        searched_ = incoming_.size();
        exchange_bytes();
        end = incoming_.find('\n', searched_);
    }
    const auto begin = taken_;
    taken_ = searched_ = end + 1;
    return std::string_view(incoming_).substr(begin, end - begin);
}

void pipe_client::exchange_bytes() {
    std::array<pollfd, 2> waiting{{{from_child_, POLLIN, 0}, {to_child_, POLLOUT, 0}}};
    const nfds_t ends = outgoing_.empty() ? 1 : 2;
    const int ready = ::poll(waiting.data(), ends, longest_silence_ms);
    require(ready >= 0 || errno == EINTR, "waiting for the program");
    if (ready == 0) {
        throw std::runtime_error("the program said nothing for a minute");
    }
    if (ends == 2 && waiting[1].revents != 0) {
        const auto size = ::write(to_child_, outgoing_.data(), outgoing_.size());
        require(size >= 0 || errno == EAGAIN, "the program reads nothing more");
        outgoing_.erase(0, static_cast<std::size_t>(size < 0 ? 0 : size));
    }
    if (waiting[0].revents != 0) {
        // What was taken makes room before more comes, so that nothing grows.
        incoming_.erase(0, taken_);
        searched_ -= taken_;
        taken_ = 0;
        const auto filled = incoming_.size();
        incoming_.resize(filled + piece_bytes);
        const auto size = ::read(from_child_, incoming_.data() + filled, piece_bytes);
        incoming_.resize(filled + static_cast<std::size_t>(size < 0 ? 0 : size));
        require(size >= 0 || errno == EINTR, "reading from the program");
        if (size == 0) {
            throw std::runtime_error("the program ended");
        }
    }
}

std::chrono::nanoseconds start_time_of(const std::vector<std::string>& command) {
    const auto started = std::chrono::steady_clock::now();
    pipe_client server(command);
    server.shake_hands();
    return std::chrono::steady_clock::now() - started;
}

} // namespace orch::bench
