#pragma once

#include "actors/actor_child.hpp"
#include "actors/open_calls.hpp"
#include "actors/server_profile.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>

namespace orch::actors {

/// Why a call ends without the server's answer.
struct call_failure {
    call_fault fault = call_fault::lost;
    /// For people: names the server.
    std::string reason;
};

/// What sessions asked of one server and have not got yet: calls that wait for it to be ready,
/// calls whose bytes went to its child, and lists of its tools. A call ends here by exactly one
/// message to its session, unless the session withdraws it. Used by one server actor.
class open_requests {
public:
    open_requests(const server_profile& profile, actor_child& child, const clock_source& clock,
                  const actor_options& options)
        : profile_(profile), child_(child), clock_(clock), options_(options) {}

    // Begin. False: there are too many, and the call or list was refused.
    [[nodiscard]] bool send(call_tool& call);
    [[nodiscard]] bool keep(call_tool& call);
    [[nodiscard]] bool keep(const list_tools& list);
    void refuse(const call_tool& call, call_failure failure) const;
    /// Answers with the tools that are known; `fault` says why there are none.
    void answer(const list_tools& list, const std::string& fault) const;

    /// The server is ready: sends what was kept, in its order.
    void send_kept();

    // End.
    /// False when no such call is open.
    [[nodiscard]] bool answered(std::uint64_t number, std::string& line,
                                const mcp::envelope& parts);
    void progressed(std::uint64_t number, std::string& line, mcp::slice token);
    void withdraw(std::uint64_t number);
    /// Ends the calls and lists whose time is over.
    void expire();
    void fail_kept(const call_failure& failure);
    void fail_sent(const call_failure& failure);
    /// Something that may have been an answer is lost: with one call open it was that one's.
    void fail_only_sent(const std::string& why);

    [[nodiscard]] bool no_calls() const noexcept { return calls_.empty(); }
    [[nodiscard]] bool keeps_any() const noexcept { return !kept_.empty() || !lists_.empty(); }

private:
    struct kept_list {
        list_tools list;
        monotonic_time deadline;
    };

    [[nodiscard]] open_call opened(const call_tool& call) const;
    void refuse_for_room(const call_tool& call) const;
    [[nodiscard]] std::chrono::milliseconds list_patience() const noexcept;
    void expire_lists();
    [[nodiscard]] std::deque<call_tool> take_kept();
    void write(const call_tool& call);
    /// Whether the tool, by its own name, is switched on and one that the caller may use.
    [[nodiscard]] bool may_use(const call_tool& call, const std::string& tool) const;
    void drop_kept(std::uint64_t number);
    void cancel(std::uint64_t number, std::string_view members);
    static void fail(std::uint64_t number, const open_call& call, call_failure failure);

    const server_profile& profile_;
    actor_child& child_;
    const clock_source& clock_;
    const actor_options& options_;
    open_calls calls_;
    /// The messages of those among `calls_` that were not sent.
    std::deque<call_tool> kept_;
    std::size_t kept_bytes_ = 0;
    /// In order of their deadlines.
    std::deque<kept_list> lists_;
};

} // namespace orch::actors
