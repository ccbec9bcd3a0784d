#pragma once

#include "actors/server_link.hpp"
#include "mcp/remote_client.hpp"
#include "net/http_client.hpp"
#include "net/sse_parser.hpp"

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace orch::actors {

/// Where a remote server is and how it is spoken to.
struct remote_spec {
    enum class dialect {
        streamable, ///< Streamable HTTP; HTTP+SSE when the server does not know it
        events      ///< HTTP+SSE
    };

    net::web_url url;
    dialect speaks = dialect::streamable;
    /// For every request; they go to the origin of `url` alone.
    net::header_list headers;
    net::client_options options;
    std::string user_agent;
    /// How long an answer takes that no tool stands behind.
    std::chrono::milliseconds patience{30'000};
};

/// The link to a remote server: moves the bytes of one `mcp::remote_client`.
class remote_link final : public server_link, private mcp::remote_port {
public:
    struct callbacks {
        /// A message, and the raw id of the request whose answer it belongs to, if any.
        std::function<void(std::string&& line, std::string_view request)> on_line;
        /// There will be no answer to the request with that raw id.
        std::function<void(std::string_view request, std::string&& why)> on_lost;
        /// The answer to `initialize` of the session that took the place of a forgotten one.
        std::function<void(std::string&& line)> on_renewed;
        std::function<void(std::string&& text)> on_note;
        /// The last callback.
        std::function<void(std::string&& why)> on_end;
    };

    remote_link(boost::asio::io_context& context, remote_spec spec, callbacks tell);
    ~remote_link() override;

    bool write_line(std::string line) override;
    void close() override;
    void terminate() override { kill(); }
    void kill() override;
    int pid() const noexcept override { return 0; }

private:
    /// An HTTP request under way.
    struct exchange {
        std::uint64_t number = 0; ///< the HTTP client's
        mcp::remote_head head;
        bool streams = false;
        std::optional<net::sse_parser> events;
        std::string body;
        /// When the head came.
        std::chrono::steady_clock::time_point began{};
    };

    bool ask(std::uint64_t number, mcp::remote_request request) override;
    void cancel(std::uint64_t number) override;
    void release(std::uint64_t number) override;
    std::string resolve(std::string_view reference) override;
    void message(std::string line, std::string_view request) override;
    void lost(std::string_view request, std::string why) override;
    void renewed(std::string line) override;
    void note(std::string text) override;
    void unsuited(std::string why) override;
    void ended(std::string why) override;

    [[nodiscard]] std::unique_ptr<mcp::remote_client> make_client(remote_spec::dialect dialect);
    [[nodiscard]] net::http_client::handlers wire(std::uint64_t number);
    [[nodiscard]] net::client_request to_http(mcp::remote_request&& request) const;
    void head_came(std::uint64_t number, const net::client_response& head);
    void data_came(std::uint64_t number, std::string_view bytes);
    void body_came(std::uint64_t number, exchange& from, std::string_view bytes);
    void answer_ended(std::uint64_t number, const net::client_failure* failure);
    [[nodiscard]] static std::chrono::milliseconds lived_of(const exchange& over);
    void fall_back();

    const remote_spec spec_;
    callbacks callbacks_;
    net::http_client http_;
    std::unique_ptr<mcp::remote_client> client_;
    std::map<std::uint64_t, exchange> exchanges_;
    /// The first message, for the other dialect.
    std::string greeting_;
    /// Why the first dialect does not suit; the other one takes over when it returns.
    std::string unsuited_;
    bool swapping_ = false;
    bool over_ = false;
};

} // namespace orch::actors
