#pragma once

#include "bench/load/client_connection.hpp"
#include "bench/load/response_reader.hpp"

#include <deque>
#include <functional>
#include <string>

namespace orch::bench {

struct answer {
    int status = 0;
    std::string head;
    std::string body;
};

/// Sends requests over one kept connection, one after the other, without pipelining.
class poster {
public:
    using receiver = std::function<void(const answer&)>;

    poster(boost::asio::io_context& context, const target& to);

    void send(std::string request, receiver on_answer);

private:
    struct waiting {
        std::string request;
        receiver on_answer;
    };

    void finish();

    answer answer_;
    response_reader reader_;
    client_connection connection_;
    std::deque<waiting> queue_;
};

} // namespace orch::bench
