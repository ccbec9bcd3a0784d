#include "net/pending_exchange.hpp"

#include <boost/asio/post.hpp>

#include <utility>

namespace orch::net {
namespace {

namespace asio = boost::asio;

/// Runs `call(connection)` on the connection's thread: now when this is it, else by post.
template <class Call>
void on_thread_of(const std::shared_ptr<http_connection>& connection, Call&& call) {
    if (connection->on_own_thread()) {
        call(*connection);
        return;
    }
    asio::post(connection->executor(),
               [connection, call = std::forward<Call>(call)]() mutable { call(*connection); });
}

} // namespace

pending_exchange::pending_exchange(std::shared_ptr<http_connection> connection,
                                   std::uint64_t serial)
    : connection_(std::move(connection)), serial_(serial) {}

pending_exchange::~pending_exchange() {
    if (!answered_.load()) {
        respond(response{500, "text/plain", "the request was dropped without an answer\n", {}});
    }
    if (!connection_->on_own_thread()) {
        // The connection must not die here: its unit's list belongs to that other thread.
        const auto executor = connection_->executor();
        asio::post(executor, [connection = std::move(connection_)] {});
    }
}

void pending_exchange::respond(response answer) {
    if (!answered_.exchange(true)) {
        on_thread_of(connection_,
                     [serial = serial_, answer = std::move(answer)](http_connection& to) mutable {
                         to.answer(serial, std::move(answer));
                     });
    }
}

event_stream_ptr pending_exchange::open_stream(header_list headers, frame first) {
    const auto serial = answered_.exchange(true) ? 0 : serial_;
    return connection_->open_stream(serial, stream_kind::events, "text/event-stream", headers,
                                    std::move(first));
}

event_stream_ptr pending_exchange::open_download(std::string_view content_type,
                                                 header_list headers) {
    const auto serial = answered_.exchange(true) ? 0 : serial_;
    return connection_->open_stream(serial, stream_kind::download, content_type, headers, nullptr);
}

void pending_exchange::on_peer_gone(std::function<void()> callback) {
    on_thread_of(connection_,
                 [serial = serial_, callback = std::move(callback)](http_connection& to) mutable {
                     to.watch_peer(serial, std::move(callback));
                 });
}

void pending_exchange::on_late(std::chrono::milliseconds after, std::function<void()> callback) {
    connection_->watch_time(serial_, after, std::move(callback));
}

void pending_exchange::note_route(std::string_view pattern) {
    if (!connection_->keeps_notes()) {
        return;
    }
    on_thread_of(connection_, [serial = serial_, pattern = std::string{pattern}](
                                  http_connection& to) { to.note_route(serial, pattern); });
}

void pending_exchange::note_principal(std::string principal) {
    if (!connection_->keeps_notes()) {
        return;
    }
    on_thread_of(connection_,
                 [serial = serial_, principal = std::move(principal)](http_connection& to) mutable {
                     to.note_principal(serial, std::move(principal));
                 });
}

} // namespace orch::net
