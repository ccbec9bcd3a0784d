#pragma once

#include "actors/bridge/io_unit.hpp"
#include "actors/event_history.hpp"
#include "actors/event_sink.hpp"
#include "actors/options.hpp"
#include "actors/reply_port.hpp"
#include "mcp/version.hpp"

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace orch::actors {

/// The event streams of one Streamable HTTP session: the one that the client listens on outside of
/// requests, and those of requests whose answer is a stream. A stream outlives its connection: what
/// is sent meanwhile is kept, and the client takes it up again with the id of the last event that
/// it had (`Last-Event-ID`), which names session, stream and event. Unless it says otherwise, a
/// function is for the thread of the session's unit.
class session_streams : public std::enable_shared_from_this<session_streams> {
public:
    using number = std::uint64_t;

    session_streams(bridge::io_unit& home, const actor_options& options,
                    std::shared_ptr<event_budget> budget);

    [[nodiscard]] bridge::io_unit& home() const noexcept { return home_; }

    /// The handshake is done. Clients older than 2025-11-25 choke on events without data.
    void agree(mcp::revision version) noexcept { agreed_.store(version); }
    /// Any thread. Nothing before the handshake.
    [[nodiscard]] std::optional<mcp::revision> agreed() const noexcept { return agreed_.load(); }
    [[nodiscard]] bool primes() const noexcept { return agreed() >= mcp::revision::v2025_11_25; }

    /// What becomes of a client that wants to listen.
    enum class verdict {
        listening,     ///< `sink` has the stream
        taken,         ///< another connection listens already
        unknown_event, ///< the id is none of this session, or too old
        nothing_left,  ///< the stream ended, and the client had all of it
        closed         ///< the session is over
    };
    /// Gives `sink` the listening stream with all that waits for it.
    [[nodiscard]] verdict listen(const event_sink_ptr& sink);
    /// Gives `sink` the stream of that event, and what came behind it as far as it is kept. A
    /// connection that still has the stream loses it.
    [[nodiscard]] verdict resume(const event_sink_ptr& sink, std::string_view last_event_id);
    /// Any thread. Whether a connection listens, and when the last one that did went away.
    [[nodiscard]] bool listening() const noexcept { return listening_.load(); }
    [[nodiscard]] monotonic_time heard_until() const noexcept { return heard_until_.load(); }

    /// Sends outside of requests, or keeps it for the next listener.
    void tell(std::string_view json);
    /// A port that tells, for the session's life.
    [[nodiscard]] reply_port_ptr listening_port();

    /// A new stream, which answers the request behind `sink`.
    [[nodiscard]] number open(const event_sink_ptr& sink);
    void send(number stream, std::string_view json);
    /// Nothing follows; the events are kept a while.
    void end(number stream);

    /// The session is over: everything ends.
    void close();
    /// Any thread. Whether `forget` has something to do.
    [[nodiscard]] bool keeps_events() const noexcept { return keeps_events_.load(); }
    /// Forgets the ended streams, and the events, that were kept long enough. Events that were
    /// never sent stay.
    void forget();

private:
    /// The stream outside of requests. The others follow.
    static constexpr number listening_stream = 0;

    struct stream {
        event_sink_ptr sink;
        /// Counts the connections, so that the end of an old one is not that of a new one.
        std::uint64_t turn = 0;
        /// The latest event, sent or not.
        std::uint64_t last = 0;
        std::optional<monotonic_time> ended = {};
    };

    void attach(number which, const event_sink_ptr& sink);
    void detach(number which, std::uint64_t turn);
    void prime(number which);
    void emit(number which, std::string_view json);
    void replay(const event_sink_ptr& sink, event_place last);
    [[nodiscard]] bool waits_already(std::string_view json) const;
    [[nodiscard]] std::string id_of(event_place place) const;
    [[nodiscard]] std::optional<event_place> place_of(std::string_view id) const;
    [[nodiscard]] event_history& history();
    void bound_ended();

    bridge::io_unit& home_;
    const actor_options& options_;
    const std::shared_ptr<event_budget> budget_;
    /// Made with the first event: most sessions never have one.
    std::unique_ptr<event_history> history_;
    std::map<number, stream> streams_;
    number newest_ = listening_stream;
    /// The newest event of the listening stream that a connection got.
    std::uint64_t heard_ = 0;
    /// Tells ids of this session from those of others.
    const std::uint32_t tag_;
    bool closed_ = false;
    std::atomic<std::optional<mcp::revision>> agreed_{std::nullopt};
    std::atomic<bool> listening_{false};
    std::atomic<bool> keeps_events_{false};
    std::atomic<monotonic_time> heard_until_{monotonic_time::min()};
};

using session_streams_ptr = std::shared_ptr<session_streams>;

} // namespace orch::actors
