#include "mcp/streamable_client.hpp"

#include "mcp/json_rpc.hpp"

#include <fmt/core.h>

#include <array>

// What comes in.

namespace orch::mcp {

namespace {

bool is_success(int status) noexcept { return status >= 200 && status < 300; }

/// Whether a body is an error that only servers of later revisions send: they know this transport.
bool is_modern_error(std::string body) {
    const auto parts = parse_server_line(body);
    if (!parts || !parts->error.present()) {
        return false;
    }
    const auto code = read_call_outcome(body, *parts).rpc_code;
    return code <= -32020 && code >= -32022;
}

} // namespace

std::optional<streamable_client::exchange> streamable_client::take(std::uint64_t number) {
    const auto found = exchanges_.find(number);
    if (found == exchanges_.end()) {
        return std::nullopt;
    }
    auto out = std::move(found->second);
    exchanges_.erase(found);
    return out;
}

void streamable_client::stream_began(std::uint64_t number, const remote_head& head) {
    const auto found = exchanges_.find(number);
    if (found == exchanges_.end()) {
        return;
    }
    auto& from = found->second;
    from.attempts = 0;
    if (is_greeting(from)) {
        session_ = head.session;
        from.session = session_;
    }
    if (from.what == role::message && from.message.what != remote_message::kind::request) {
        // It was taken; there is nothing to stream.
        const auto over = std::move(*take(number));
        port_.release(number);
        message_over(over);
    }
}

void streamable_client::stream_event(std::uint64_t number, remote_event event) {
    const auto found = exchanges_.find(number);
    if (found == exchanges_.end()) {
        return;
    }
    auto& from = found->second;
    if (event.id) {
        from.last_event = std::move(*event.id);
    }
    if (event.retry) {
        from.retry = event.retry;
    }
    if (event.discarded_bytes > 0) {
        const auto what = fmt::format("an event of {} bytes is over the limit",
                                      event.discarded_bytes);
        if (from.what == role::message) {
            const auto lost = std::move(*take(number));
            port_.cancel(number);
            message_lost(lost, what);
        } else {
            port_.note(fmt::format("{} and was dropped", what));
        }
        return;
    }
    // The first event of a stream that can be taken up again has no data.
    if (event.data.empty() || (!event.type.empty() && event.type != "message")) {
        return;
    }
    take_line(from, std::move(event.data));
    if (const auto still = exchanges_.find(number);
        still != exchanges_.end() && still->second.done) {
        const auto over = std::move(*take(number));
        port_.release(number);
        message_over(over);
    }
}

void streamable_client::take_line(exchange& from, std::string line) {
    from.idle_streams = 0;
    auto lines = split_messages(std::move(line));
    if (!lines) {
        port_.note(fmt::format("an event is no MCP message: {}", lines.error().detail));
        return;
    }
    for (auto& one : *lines) {
        const bool own = from.what == role::message && !from.message.id.empty() &&
                         answers(one, from.message.id);
        from.done = from.done || own;
        if (own && is_greeting(from)) {
            greeted(std::move(one));
            if (phase_ == phase::over) {
                return;
            }
        } else {
            port_.message(std::move(one), from.message.id);
        }
    }
}

void streamable_client::answered(std::uint64_t number, const remote_head& head, std::string body) {
    auto from = take(number);
    if (!from || phase_ == phase::over) {
        return;
    }
    if (from->what == role::farewell) {
        end("closed");
    } else if (from->what == role::server_stream) {
        stream_refused(std::move(*from), head, std::move(body));
    } else if (from->resuming) {
        resume_refused(std::move(*from), head, std::move(body));
    } else {
        message_answered(std::move(*from), head, std::move(body));
    }
}

void streamable_client::message_answered(exchange from, const remote_head& head, std::string body) {
    if (is_success(head.status)) {
        if (is_greeting(from)) {
            session_ = head.session;
        }
        message_accepted(std::move(from), head, std::move(body));
        return;
    }
    const bool in_session = phase_ == phase::open || from.session != session_;
    if (in_session && !from.session.empty() && session_is_unknown(head, body)) {
        forgotten(std::move(from));
        return;
    }
    if (redirect(from, head)) {
        return;
    }
    if (greeting_unsuited(from, head, body)) {
        phase_ = phase::over;
        port_.unsuited(describe_answer(head, std::move(body)));
        return;
    }
    if (!from.message.id.empty() && answers(body, from.message.id)) {
        take_body(std::move(from), std::move(body));
        return;
    }
    message_lost(from, describe_answer(head, std::move(body)));
}

bool streamable_client::greeting_unsuited(const exchange& from, const remote_head& head,
                                          const std::string& body) {
    return is_greeting(from) && !renewing_ &&
           (head.status == 400 || head.status == 404 || head.status == 405) &&
           !is_modern_error(body);
}

bool streamable_client::redirect(exchange& from, const remote_head& head) {
    // With these two the server did nothing but to name the place, and wants the same bytes there.
    if ((head.status != 307 && head.status != 308) || head.redirect.empty() || from.redirected) {
        return false;
    }
    target_ = head.redirect;
    from.redirected = true;
    auto request = request_for(remote_request::verb::post);
    request.body = from.message.line;
    request.due = haste_of(from.message);
    ask(std::move(from), std::move(request));
    return true;
}

void streamable_client::message_accepted(exchange from, const remote_head& head, std::string body) {
    if (from.message.id.empty()) {
        message_over(from);
    } else if (head.status == 202 || head.status == 204) {
        message_lost(from,
                     fmt::format("it took the request without an answer (HTTP {})", head.status));
    } else if (!head.content_type.starts_with("application/json")) {
        message_lost(from, fmt::format("its answer is of type \"{}\", neither JSON nor a stream "
                                       "of events",
                                       head.content_type.substr(0, 100)));
    } else {
        take_body(std::move(from), std::move(body));
    }
}

void streamable_client::take_body(exchange from, std::string body) {
    auto lines = split_messages(std::move(body));
    if (!lines) {
        message_lost(from, fmt::format("its answer cannot be read: {}", lines.error().detail));
        return;
    }
    if (lines->size() == 1) {
        if (const auto parts = parse_server_line(lines->front()); !parts) {
            message_lost(from, fmt::format("its answer cannot be read: {}", parts.error().detail));
            return;
        }
    }
    for (auto& line : *lines) {
        take_line(from, std::move(line));
    }
    if (from.done) {
        message_over(from);
    } else {
        message_lost(from, "its answer holds none to the request");
    }
}

void streamable_client::message_over(const exchange& from) {
    if (phase_ == phase::confirming && from.message.method == "notifications/initialized") {
        confirmed();
        return;
    }
    if (!from.message.cancels.empty()) {
        // Nobody waits for that answer, and servers do not end its stream.
        for (auto at = exchanges_.begin(); at != exchanges_.end(); ++at) {
            if (at->second.message.id == from.message.cancels) {
                port_.cancel(at->first);
                exchanges_.erase(at);
                break;
            }
        }
    }
    flush();
}

void streamable_client::message_lost(const exchange& from, const std::string& why) {
    const bool opens = is_greeting(from) || (phase_ == phase::confirming &&
                                             from.message.method == "notifications/initialized");
    if (opens) {
        end(why);
        return;
    }
    if (!from.message.id.empty()) {
        port_.lost(from.message.id, why);
    } else {
        port_.note(fmt::format("{} was not delivered: {}",
                               from.message.method.empty() ? "an answer" : from.message.method,
                               why));
    }
    message_over(from);
}

void streamable_client::resume_refused(exchange from, const remote_head& head, std::string body) {
    if (session_is_unknown(head, body)) {
        const auto session = from.session;
        message_lost(from, "the server forgot the session before it answered");
        exchange gone;
        gone.what = role::server_stream;
        gone.session = session;
        forgotten(std::move(gone));
        return;
    }
    const bool passing = head.status >= 500 || head.status == 409 || head.status == 429;
    if (passing && from.attempts < limits_.resumes_max) {
        resume(std::move(from));
        return;
    }
    message_lost(from, fmt::format("the stream of its answer broke, and could not be taken up: {}",
                                   describe_answer(head, std::move(body))));
}

void streamable_client::stream_refused(exchange from, const remote_head& head, std::string body) {
    const bool was_open = !from.last_event.empty() || from.attempts > 0;
    if (was_open && !from.session.empty() && session_is_unknown(head, body)) {
        forgotten(std::move(from));
        return;
    }
    const bool passing = head.status >= 500 && head.status != 501;
    if (passing && from.attempts < limits_.reconnects_max) {
        ++from.attempts;
        open_server_stream(std::move(from));
        return;
    }
    streams_ = false;
    if (head.status != 405 && head.status != 501) {
        port_.note(fmt::format("it offers no stream of its own: {}",
                               describe_answer(head, std::move(body))));
    }
}

void streamable_client::server_stream_broken(exchange from, const remote_failure& failure) {
    from.idle_streams = failure.lived < limits_.stream_life_min ? from.idle_streams + 1 : 0;
    if (from.attempts < limits_.reconnects_max) {
        ++from.attempts;
        open_server_stream(std::move(from));
    } else if (failure.sent) {
        // It answers otherwise, as far as anybody knows.
        streams_ = false;
        port_.note(
            fmt::format("its own stream keeps breaking and is given up: {}", failure.reason));
    } else {
        end(failure.reason);
    }
}

void streamable_client::failed(std::uint64_t number, const remote_failure& failure) {
    auto from = take(number);
    if (!from || phase_ == phase::over) {
        return;
    }
    if (from->what == role::farewell) {
        end("closed");
        return;
    }
    broken(std::move(*from), failure);
}

void streamable_client::broken(exchange from, const remote_failure& failure) {
    if (from.what == role::server_stream) {
        server_stream_broken(std::move(from), failure);
        return;
    }
    // Its events were of another session, if there is one by now.
    const bool resumable = !from.last_event.empty() && from.session == session_;
    if (resumable && from.attempts < limits_.resumes_max) {
        resume(std::move(from));
        return;
    }
    if (!failure.sent && !from.resuming && under_way(true) == 0) {
        // Nobody is there, and no answer is on its way that could tell otherwise.
        if (!from.message.id.empty() && !is_greeting(from)) {
            port_.lost(from.message.id, failure.reason);
        }
        end(failure.reason);
        return;
    }
    message_lost(from, failure.reason);
}

} // namespace orch::mcp
