#pragma once

#include "actors/actor_child.hpp"
#include "actors/open_calls.hpp"
#include "actors/process_users.hpp"
#include "actors/server_profile.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>

namespace orch::actors {

/// Why a call ends without the server's answer.
struct call_failure {
    call_fault fault = call_fault::lost;
    /// For people: names the server.
    std::string reason;
};

/// What sessions asked of one server and have not got yet: requests that wait for it to be ready,
/// requests whose bytes went to its child, and its lists. A request ends here by exactly one
/// message to its session, unless the session withdraws it. Used by one server actor.
class open_requests {
public:
    /// Progress begins the time-out of its call anew, until the call is open for that many times
    /// its time-out: a server that goes on reporting must not hold it for ever. Nor must one that
    /// goes on asking people, who get that many times the patience of a question.
    static constexpr int timeouts_max = 10;

    open_requests(const server_profile& profile, actor_child& child, const clock_source& clock,
                  const actor_options& options)
        : profile_(profile), child_(child), clock_(clock), options_(options) {}

    // Begin. False: there are too many, and the call or list was refused.
    [[nodiscard]] bool send(forward_request& call);
    [[nodiscard]] bool keep(forward_request& call);
    [[nodiscard]] bool keep(const list_items& list);
    void refuse(const forward_request& call, call_failure failure) const;
    /// Answers without the server.
    void answer(const forward_request& request, std::string_view result) const;
    /// Answers with the list that is known; `fault` says why there is none.
    void answer(const list_items& list, const std::string& fault) const;

    /// The server is ready: sends what was kept, in its order.
    void send_kept();
    /// Another process has what was sent.
    void hand_over_sent(open_requests& to);
    /// Whose requests the child has got.
    [[nodiscard]] const process_users& users() const noexcept { return users_; }
    /// The child is a new one, which has got none.
    void begin_life() noexcept { users_.clear(); }
    /// Requests that were sent so far.
    [[nodiscard]] std::uint64_t sent() const noexcept { return sent_; }

    // End.
    /// False when no such call is open.
    [[nodiscard]] bool answered(std::uint64_t number, std::string& line, mcp::envelope parts);
    /// False when no such call is open.
    [[nodiscard]] bool progressed(std::uint64_t number, std::string& line, mcp::slice token);
    /// Null when no such call is open, or it has nothing to do with tasks.
    [[nodiscard]] std::shared_ptr<const task_call> task_of(std::uint64_t number);
    /// The session that waits; null when no such call is open.
    [[nodiscard]] caf::actor session_of(std::uint64_t number);
    void withdraw(std::uint64_t number);

    // Watches that the server has not accepted yet.
    /// False when the server is not being asked for that watch; else the request shares the answer.
    [[nodiscard]] bool join_watch(const forward_request& request);
    /// The call that begins a watch; null when that number is none.
    [[nodiscard]] std::shared_ptr<const watch_call> watch_of(std::uint64_t number);
    /// The session does not want the watch of `uri` any more, or none at all when that is absent.
    void unwant(const caf::actor_addr& session, const std::optional<std::string>& uri);
    /// Sessions that wait for one.
    [[nodiscard]] std::size_t awaited_watches();

    /// The server waits for a person: nothing that was sent is over before `until`.
    void postpone(monotonic_time until) { calls_.postpone(clock_.monotonic(), until); }
    /// The person has answered: the time-out of calls begins anew.
    void resume() { calls_.resume(clock_.monotonic()); }
    /// Ends the calls and lists whose time is over.
    void expire();
    void fail_kept(const call_failure& failure);
    void fail_sent(const call_failure& failure);
    /// False when no such call is open.
    [[nodiscard]] bool fail_one(std::uint64_t number, const std::string& why);
    /// Something that may have been an answer is lost: with one call open it was that one's.
    void fail_only_sent(const std::string& why);

    [[nodiscard]] bool no_calls() const noexcept { return calls_.empty(); }
    /// Whose what the server says is; `stream_of` as in `child_line`.
    [[nodiscard]] open_calls::senders who_waits(std::uint64_t stream_of) {
        return stream_of == 0 ? calls_.who_waits() : calls_.who_waits(stream_of);
    }
    /// The latest call, or else list, that waits for the server to be ready; 0 when none does.
    [[nodiscard]] std::uint64_t latest_kept() const noexcept;
    [[nodiscard]] bool keeps_any() const noexcept { return !kept_.empty() || !lists_.empty(); }

private:
    struct kept_list {
        list_items list;
        monotonic_time deadline;
    };

    [[nodiscard]] open_call opened(const forward_request& call) const;
    void refuse_for_room(const forward_request& call) const;
    [[nodiscard]] std::chrono::milliseconds list_patience() const noexcept;
    void expire_lists();
    [[nodiscard]] std::deque<forward_request> take_kept();
    void write(const forward_request& call);
    /// The name by which the server knows what the request means; absent when the caller cannot
    /// have it.
    [[nodiscard]] std::optional<std::string> own_name(const forward_request& request) const;
    void drop_kept(std::uint64_t number);
    void cancel(std::uint64_t number, std::string_view members);
    /// The request with that number waits for a watch no more; who else does still gets it.
    void leave_watch(std::uint64_t number);
    /// Ends the call without a message to anybody.
    void end_unheard(std::uint64_t number);
    void fail(std::uint64_t number, const open_call& call, call_failure failure) const;
    /// Tells an error in which the server repeats a secret of its own anew, without it.
    void hide_secrets(std::string& line, mcp::envelope& parts) const;

    const server_profile& profile_;
    actor_child& child_;
    const clock_source& clock_;
    const actor_options& options_;
    open_calls calls_;
    std::uint64_t sent_ = 0;
    process_users users_;
    /// The messages of those among `calls_` that were not sent.
    std::deque<forward_request> kept_;
    std::size_t kept_bytes_ = 0;
    /// In order of their deadlines.
    std::deque<kept_list> lists_;
};

} // namespace orch::actors
