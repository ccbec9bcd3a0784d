#pragma once

#include "net/exchange.hpp"
#include "net/outgoing_response.hpp"
#include "net/read_buffer.hpp"
#include "net/request_reader.hpp"
#include "net/server_unit.hpp"
#include "net/stream_socket.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace orch::net {

/// Who is on the other end of an accepted socket.
struct peer_identity {
    /// Numeric address, or "unix".
    std::string address;
    std::optional<uid_t> uid;
};

/// One HTTP/1.1 connection: reads a request, has it handled, sends the answer, reads the next.
/// Kept alive by its pending I/O and by the exchange in progress; its own thread only.
class http_connection final : public unit_member,
                              public std::enable_shared_from_this<http_connection> {
public:
    /// Takes the accepted, non-blocking `socket`.
    http_connection(std::shared_ptr<server_unit> unit, stream_socket socket, peer_identity peer);
    ~http_connection() override;

    void start();

    /// `serial` names the request that is meant; a call for an earlier one does nothing.
    void answer(std::uint64_t serial, response&& answer);
    [[nodiscard]] event_stream_ptr open_stream(std::uint64_t serial, stream_kind kind,
                                               std::string_view content_type,
                                               const header_list& headers, frame first);
    void watch_peer(std::uint64_t serial, std::function<void()> callback);
    void watch_time(std::uint64_t serial, std::chrono::milliseconds after,
                    std::function<void()> callback);
    void note_route(std::uint64_t serial, std::string_view pattern);
    void note_principal(std::uint64_t serial, std::string principal);

    [[nodiscard]] io_executor executor() const noexcept { return unit_->executor(); }
    /// Whether `note_route` and `note_principal` have a reader.
    [[nodiscard]] bool keeps_notes() const noexcept {
        return static_cast<bool>(unit_->core().hooks.access);
    }
    [[nodiscard]] bool on_own_thread() const { return executor().running_in_this_thread(); }

    void on_tick(unit_tick& turn) override;
    void on_stop() override;

private:
    enum class phase { reading, handling, writing, lingering, closed };
    /// What of the request is being waited for; each has a deadline of its own.
    enum class stage { none, idle, header, body };

    /// What is remembered of the request in progress after the handler has taken it.
    struct record {
        monotonic_time started;
        std::string method;
        std::string path;
        std::string client_address;
        std::string route;
        std::string principal;
    };

    void advance();
    void receive();
    void on_received(boost::system::error_code ec, std::size_t bytes);
    void on_hang_up();
    void await_more_input();
    void enter(stage next);
    void send_continue();

    template <class Function>
    void guarded(Function&& run);
    void dispatch();
    void remember(const request& message);
    void refuse(int status, std::string_view reason);
    void refuse(response&& answer);
    /// Whether the body may come.
    [[nodiscard]] bool body_is_welcome();
    /// What the handler knows of a request besides its own words.
    void complete(request& message) const;

    void send(response&& answer);
    void flush();
    void on_sent();
    void report(int status, std::size_t bytes);

    void set_deadline(std::chrono::milliseconds from_now);
    void linger();
    void close();
    void leave();

    std::shared_ptr<server_unit> unit_;
    stream_socket socket_;
    peer_identity peer_;
    read_buffer input_;
    request_reader reader_;
    outgoing_response output_;
    record record_;
    std::function<void()> on_peer_gone_;
    std::function<void()> on_late_;
    std::uint64_t serial_ = 0;
    monotonic_time deadline_{};
    phase phase_ = phase::reading;
    stage stage_ = stage::none;
    bool receiving_ = false;
    bool advancing_ = false;
    bool continue_sent_ = false;
    bool body_admitted_ = false;
    bool head_only_ = false;
    /// The connection ends with this answer.
    bool last_ = false;
    /// Input may be left unread: closing at once would take the answer from the client.
    bool linger_after_ = false;
    bool peer_gone_ = false;
};

} // namespace orch::net
