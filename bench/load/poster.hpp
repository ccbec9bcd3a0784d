#pragma once

#include "bench/load/client_connection.hpp"
#include "bench/load/event_reader.hpp"
#include "bench/load/response_reader.hpp"

#include <deque>
#include <functional>
#include <string>

namespace orch::bench {

struct answer {
    int status = 0;
    std::string head;
    /// Empty when the answer is an event stream.
    std::string body;
};

/// Sends requests over one kept connection, one after the other, without pipelining. Connects again
/// when the server closed the connection while nothing was asked.
class poster {
public:
    using receiver = std::function<void(const answer&)>;
    using event_receiver = event_reader::receiver;
    using loss = std::function<void(const std::string& why)>;

    poster(boost::asio::io_context& context, target to, unsigned char source = 1);

    void send(std::string request, receiver on_answer);
    /// Gets the events of answers that are event streams, as they come.
    void on_event(event_receiver receive) { on_event_ = std::move(receive); }
    /// Status and head of the answer that is under way or was last.
    [[nodiscard]] const answer& latest() const noexcept { return answer_; }
    /// Told when the connection is lost under a request, which then gets no answer. Without it,
    /// that is thrown out of the io context.
    void on_lost(loss lost) { on_lost_ = std::move(lost); }
    /// Requests that wait get no answer.
    void close(client_connection::manner how);
    void stop_reading() { connection_.stop_reading(); }

private:
    struct waiting {
        std::string request;
        receiver on_answer;
    };

    void begin(int status, std::string_view head);
    void finish();
    void lose(const std::string& why);
    void send_first();

    target to_;
    unsigned char source_;
    answer answer_;
    bool has_events_ = false;
    bool is_connected_ = false;
    event_receiver on_event_;
    loss on_lost_;
    event_reader events_;
    response_reader reader_;
    client_connection connection_;
    std::deque<waiting> queue_;
};

} // namespace orch::bench
