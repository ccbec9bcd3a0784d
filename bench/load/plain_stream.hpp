#pragma once

#include "bench/load/client_connection.hpp"
#include "bench/load/event_reader.hpp"
#include "bench/load/response_reader.hpp"

#include <cstdint>
#include <functional>
#include <string_view>

namespace orch::bench {

/// A subscriber of server-sent events that knows nothing of MCP. It throws out of the io context
/// when it is refused or the stream ends.
class plain_stream {
public:
    /// `number` chooses its source address.
    plain_stream(boost::asio::io_context& context, endpoint where, std::uint32_t number);

    /// `ready` is called when the response has begun.
    void open(std::function<void()> ready);
    /// Gets the data of each event; without it they are passed over.
    void on_event(std::function<void(std::string_view data)> receive) {
        on_event_ = std::move(receive);
    }

private:
    endpoint where_;
    std::uint32_t number_;
    std::function<void()> ready_;
    std::function<void(std::string_view)> on_event_;
    event_reader events_;
    response_reader reader_;
    client_connection connection_;
};

} // namespace orch::bench
