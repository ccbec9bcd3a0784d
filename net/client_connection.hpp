#pragma once

#include "net/client_stream.hpp"
#include "net/http_client.hpp"

#include <boost/asio/steady_timer.hpp>

#include <array>
#include <chrono>
#include <memory>
#include <string>

namespace orch::net {

/// One connection to a web server: one request after the other. It reads at all times, so that a
/// connection that the server closes is never used. Pending operations share it.
class client_connection : public std::enable_shared_from_this<client_connection> {
public:
    client_connection(boost::asio::io_context& context, const web_url& peer,
                      const client_options& options, tls_client& tls,
                      std::function<void(client_connection&)> on_closed);
    ~client_connection();

    /// Sends a request; none may be under way. The first one opens the connection.
    void run(client_request request, http_client::handlers handlers);
    /// What comes of the request under way is not told; see `http_client::release`.
    void release();
    /// Without a callback.
    void close();
    [[nodiscard]] bool is_closed() const noexcept { return phase_ == phase::closed; }
    [[nodiscard]] bool is_idle() const noexcept { return phase_ == phase::idle; }

private:
    enum class phase { fresh, opening, busy, idle, closed };
    struct answer;
    using clock = std::chrono::steady_clock;

    void send();
    void expect_answer();
    void written(const boost::system::error_code& failure);
    void read();
    void take(std::size_t bytes);
    void parse();
    /// False when the answer cannot be read any further.
    [[nodiscard]] bool parse_some();
    void head_arrived();
    void answer_ended();
    void read_failed(const boost::system::error_code& failure);
    void fail(const std::string& why);
    void finish(const client_failure* failure);
    /// The next step comes within `limit`, 0: at any time; the whole answer has a limit of its own.
    void expect_within(std::chrono::milliseconds limit, std::string otherwise);
    /// Another step came, and the next one has as long.
    void expect_more();
    void watch();
    void overdue();
    [[nodiscard]] std::string head_text() const;

    const web_url peer_;
    const client_options options_;
    client_stream stream_;
    std::function<void(client_connection&)> on_closed_;
    phase phase_ = phase::fresh;
    client_request request_;
    http_client::handlers handlers_;
    std::string head_;
    bool sent_any_ = false;
    bool written_ = false;
    bool reading_ = false;
    bool released_ = false;
    std::unique_ptr<answer> answer_;
    std::array<char, 16 * kib> buffer_{};
    std::string unparsed_;
    std::chrono::milliseconds idle_limit_;
    boost::asio::steady_timer timer_;
    bool watching_ = false;
    std::chrono::milliseconds step_limit_{0};
    std::string overdue_text_;
    clock::time_point answer_deadline_ = clock::time_point::max();
    /// The earlier end of the two.
    clock::time_point deadline_ = clock::time_point::max();
};

} // namespace orch::net
