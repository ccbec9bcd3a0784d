#pragma once

#include "core/error.hpp"
#include "net/options.hpp"
#include "net/web_url.hpp"

#include <boost/asio/io_context.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace orch::net {

using header_list = std::vector<std::pair<std::string, std::string>>;

/// One request to the server that the client is for. `Host` and the length are added.
struct client_request {
    std::string method;
    std::string target; ///< path and query
    header_list headers;
    std::shared_ptr<const std::string> body; ///< may be null
    /// Not before this time is over.
    std::chrono::milliseconds delay{0};
    /// From the sent request to the head of the answer; 0: as long as it takes.
    std::chrono::milliseconds head_timeout{0};
    /// From the sent request to the end of the answer; 0: as long as it takes.
    std::chrono::milliseconds answer_timeout{0};
};

/// The head of an answer.
struct client_response {
    int status = 0;
    std::string reason;
    header_list headers;

    /// Empty when there is none; `name` is compared without case.
    [[nodiscard]] std::string_view header(std::string_view name) const noexcept;
};

/// Why an answer did not come, or not whole.
struct client_failure {
    /// Whether the server may have seen the request.
    bool sent = false;
    /// A sentence that names the server.
    std::string reason;
};

/// HTTP/1.1 to one server, over connections that are kept for the next request. No redirect is
/// followed, nothing is sent twice, no compressed answer is taken. All calls and callbacks happen
/// on the thread of its io context; a callback may cancel any request and destroy the client.
class http_client {
public:
    struct handlers {
        std::function<void(const client_response&)> on_head;
        /// A piece of the body.
        std::function<void(std::string_view)> on_data;
        /// The last callback; null when the answer is whole.
        std::function<void(const client_failure*)> on_end;
    };

    /// `server`: whose scheme, host and port all requests go to.
    http_client(boost::asio::io_context& context, const web_url& server,
                const client_options& options);
    /// Nothing is heard of open requests any more; their connections are closed.
    ~http_client();
    http_client(const http_client&) = delete;
    http_client& operator=(const http_client&) = delete;

    /// The number of the request; its callbacks come later. 0: too many are under way.
    [[nodiscard]] std::uint64_t start(client_request request, handlers tell);
    /// No callback follows, and its connection is closed. Unknown numbers are ignored.
    void cancel(std::uint64_t number);
    /// Nobody waits for the rest of the answer: no callback follows. When the answer ends by itself
    /// within a second, its connection is kept.
    void release(std::uint64_t number);

private:
    struct state;
    std::shared_ptr<state> state_;
};

} // namespace orch::net
