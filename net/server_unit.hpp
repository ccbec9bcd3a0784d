#pragma once

#include "core/clock.hpp"
#include "net/forwarded_for.hpp"
#include "net/http_server.hpp"
#include "net/options.hpp"
#include "net/stream_socket.hpp"

#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/intrusive/list.hpp>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>

namespace orch::net {

/// What all units of one server share. Immutable but for the counters.
struct server_core {
    http_options options;
    http_server::hooks hooks;
    forwarded_for proxies;
    std::atomic<std::size_t> connections{0};
    std::atomic<std::size_t> streams{0};
    std::atomic<bool> stopping{false};
};

/// One turn of a unit's clock.
struct unit_tick {
    monotonic_time now;
    /// Keep-alive frames that may still be sent in this turn: after a broadcast all streams come
    /// due at once, and thousands of sends in a row would hold up everybody else.
    std::size_t keep_alives_left;
};

/// Something that a unit wakes up from time to time and ends when the server stops. Leaves the
/// unit's list by itself when destroyed.
class unit_member : public boost::intrusive::list_base_hook<
                        boost::intrusive::link_mode<boost::intrusive::auto_unlink>> {
public:
    unit_member() = default;
    unit_member(const unit_member&) = delete;
    unit_member& operator=(const unit_member&) = delete;
    virtual ~unit_member() = default;

    virtual void on_tick(unit_tick& turn) = 0;
    virtual void on_stop() = 0;
};

/// One server's part on one io context: knows its members and has the only timer, so that no
/// connection needs one. Kept alive by its members; used on the context's thread only.
class server_unit : public std::enable_shared_from_this<server_unit> {
public:
    server_unit(boost::asio::io_context& context, std::size_t index,
                std::shared_ptr<server_core> core);

    [[nodiscard]] boost::asio::io_context& context() const noexcept { return context_; }
    [[nodiscard]] io_executor executor() const noexcept { return context_.get_executor(); }
    [[nodiscard]] std::size_t index() const noexcept { return index_; }
    [[nodiscard]] server_core& core() const noexcept { return *core_; }
    [[nodiscard]] const http_options& options() const noexcept { return core_->options; }

    /// Does not own: `member` leaves on its own.
    void add(unit_member& member);
    void stop();

private:
    using member_list =
        boost::intrusive::list<unit_member, boost::intrusive::constant_time_size<false>>;
    using timer =
        boost::asio::basic_waitable_timer<std::chrono::steady_clock,
                                          boost::asio::wait_traits<std::chrono::steady_clock>,
                                          io_executor>;

    void wait();
    void tick();

    boost::asio::io_context& context_;
    std::size_t index_;
    std::shared_ptr<server_core> core_;
    std::chrono::milliseconds interval_;
    bool waiting_ = false;
    bool stopped_ = false;
    /// Only while it is needed: a stream that somebody keeps keeps the unit, perhaps for longer
    /// than the context lives.
    std::optional<timer> timer_;
    member_list members_;
};

} // namespace orch::net
