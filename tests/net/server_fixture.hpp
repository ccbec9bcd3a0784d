#pragma once

#include "net/http_server.hpp"
#include "net/owned_fd.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include <chrono>
#include <future>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace orch::net::test {

/// No test waits longer than this for anything; whoever does has failed.
inline constexpr std::chrono::seconds patience{15};

/// The default options but for what `change` sets.
template <class Change>
http_options options_with(Change&& change) {
    http_options options;
    change(options);
    return options;
}

/// A server on a free port with one running thread per io context.
class server_fixture {
public:
    explicit server_fixture(request_handler handle, http_options options = {},
                            std::size_t units = 1,
                            std::function<void(const access_entry&)> access = {});
    ~server_fixture();

    [[nodiscard]] http_server& server() { return *server_; }
    [[nodiscard]] boost::asio::io_context& context(std::size_t unit) { return *contexts_[unit]; }
    /// Ends the threads; nothing of the server runs any more afterwards.
    void join();

private:
    using guard = boost::asio::executor_work_guard<boost::asio::io_context::executor_type>;

    std::vector<std::unique_ptr<boost::asio::io_context>> contexts_;
    std::vector<guard> guards_;
    std::unique_ptr<http_server> server_;
    std::vector<std::thread> threads_;
};

/// A bare blocking socket, so that a test decides on every byte.
class raw_client {
public:
    explicit raw_client(unsigned short port, int receive_buffer = 0);

    void send(std::string_view text);
    /// Ends the sending side.
    void half_close();
    /// Closes with a reset instead of a goodbye.
    void reset();
    void close() { socket_.reset(); }

    /// What arrives up to and including `mark`; what came behind it is kept for the next call.
    /// Fails the test when the stream ends or stays silent before.
    [[nodiscard]] std::string read_until(std::string_view mark);
    /// A response with Content-Length, head and body.
    [[nodiscard]] std::string read_response();
    /// Everything up to the end of the stream.
    [[nodiscard]] std::string read_to_end();

private:
    [[nodiscard]] bool read_more();

    owned_fd socket_;
    std::string pending_;
};

/// `GET <path>` with a Host.
[[nodiscard]] std::string get(std::string_view path);
[[nodiscard]] std::string post(std::string_view path, std::string_view body);
/// The number in the status line.
[[nodiscard]] int status_of(std::string_view response);

/// The value that a callback on another thread will give; fails the test when it does not come.
template <class Value>
Value await(std::future<Value> future) {
    if (future.wait_for(patience) != std::future_status::ready) {
        throw std::runtime_error("the awaited event did not come");
    }
    return future.get();
}

} // namespace orch::net::test
