#pragma once

#include "mcp/remote_client.hpp"
#include "mcp/remote_message.hpp"
#include "mcp/remote_outbox.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace orch::mcp {

/// The client's side of Streamable HTTP, revisions 2025-03-26 to 2025-11-25: each message is a
/// POST, whose answer is JSON or a stream of events; a GET brings what belongs to no request.
///
/// A stream that broke after an event with an id is taken up again with `Last-Event-ID`. When the
/// server has forgotten the session, it is begun anew with the first `initialize`, and what was
/// refused for it, once, is sent again: it was not executed. Nothing else is sent twice.
class streamable_client final : public remote_client {
public:
    streamable_client(remote_port& port, remote_limits limits);

    bool send(std::string line) override;
    void close() override;
    void stream_began(std::uint64_t number, const remote_head& head) override;
    void stream_event(std::uint64_t number, remote_event event) override;
    void answered(std::uint64_t number, const remote_head& head, std::string body) override;
    void failed(std::uint64_t number, const remote_failure& failure) override;

private:
    enum class phase {
        fresh,      ///< nothing sent
        greeting,   ///< `initialize` is under way
        confirming, ///< answered; `notifications/initialized` is next or under way
        open,
        closing,
        over
    };
    enum class role { message, server_stream, farewell };

    /// A request over HTTP whose answer is not whole.
    struct exchange {
        role what = role::message;
        remote_message message;
        /// Under which it was sent.
        std::string session;
        /// Its own answer came; what follows is of no use.
        bool done = false;
        bool redirected = false;
        /// It is a GET that takes up the stream of the answer.
        bool resuming = false;
        std::string last_event;
        std::optional<std::chrono::milliseconds> retry;
        /// Attempts since the last news.
        std::size_t attempts = 0;
        /// Streams that ended soon since the last message.
        std::size_t idle_streams = 0;
    };
    using exchanges = std::map<std::uint64_t, exchange>;

    // Out.
    void flush();
    void post(remote_message message);
    /// Whether its answer has to begin soon.
    [[nodiscard]] remote_request::haste haste_of(const remote_message& message) const;
    void ask(exchange what, remote_request request);
    void resume(exchange what);
    void open_server_stream(exchange what);
    [[nodiscard]] remote_request request_for(remote_request::verb method) const;
    [[nodiscard]] std::chrono::milliseconds pause_of(const exchange& what) const;
    /// The pause before the attempt with that number, without the jitter.
    [[nodiscard]] std::chrono::milliseconds growing_pause(std::size_t attempt) const;
    [[nodiscard]] bool withdraw(const remote_message& message);

    // In.
    [[nodiscard]] std::optional<exchange> take(std::uint64_t number);
    void take_line(exchange& from, std::string line);
    void message_answered(exchange from, const remote_head& head, std::string body);
    void message_accepted(exchange from, const remote_head& head, std::string body);
    void take_body(exchange from, std::string body);
    void resume_refused(exchange from, const remote_head& head, std::string body);
    void stream_refused(exchange from, const remote_head& head, std::string body);
    void broken(exchange from, const remote_failure& failure);
    void server_stream_broken(exchange from, const remote_failure& failure);
    void message_over(const exchange& from);
    void message_lost(const exchange& from, const std::string& why);
    [[nodiscard]] bool redirect(exchange& from, const remote_head& head);
    [[nodiscard]] bool greeting_unsuited(const exchange& from, const remote_head& head,
                                         const std::string& body);

    // The session.
    void greeted(std::string line);
    void confirmed();
    void forgotten(exchange from);
    void renew();
    void end(const std::string& why);
    [[nodiscard]] bool is_greeting(const exchange& what) const;
    [[nodiscard]] std::size_t under_way(bool requests) const;

    remote_port& port_;
    const remote_limits limits_;
    phase phase_ = phase::fresh;
    remote_outbox outbox_;
    exchanges exchanges_;
    std::uint64_t last_number_ = 0;
    /// Empty: those of the configuration.
    std::string target_;
    std::string session_;
    std::string version_;
    /// The first one, for the next session.
    remote_message greeting_;
    bool renewing_ = false;
    /// Whether the server offers a stream of its own.
    bool streams_ = true;
};

} // namespace orch::mcp
