#include "mcp/streamable_client.hpp"

#include "mcp/handshake.hpp"
#include "mcp/json_rpc.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

// What goes out, and the life of the session; what comes in is in streamable_client_answers.cpp.

namespace orch::mcp {

streamable_client::streamable_client(remote_port& port, remote_limits limits)
    : port_(port), limits_(std::move(limits)), outbox_(limits_) {}

bool streamable_client::send(std::string line) {
    auto message = remote_message::of(std::move(line));
    switch (phase_) {
    case phase::fresh:
        greeting_ = message;
        phase_ = phase::greeting;
        post(std::move(message));
        return true;
    case phase::confirming:
        if (message.method == "notifications/initialized" && !renewing_) {
            post(std::move(message));
            return true;
        }
        break;
    case phase::greeting:
    case phase::open: break;
    case phase::closing:
    case phase::over: return false;
    }
    if (withdraw(message)) {
        return true;
    }
    if (!outbox_.push(std::move(message))) {
        return false;
    }
    flush();
    return true;
}

/// Whether it cancels what was not sent yet, so that the server need not hear of either.
bool streamable_client::withdraw(const remote_message& message) {
    return !message.cancels.empty() && outbox_.withdraw(message.cancels);
}

void streamable_client::flush() {
    while (phase_ == phase::open) {
        auto next = outbox_.pop(under_way(true) < limits_.requests_max,
                                under_way(false) < limits_.others_max);
        if (!next) {
            return;
        }
        post(std::move(*next));
    }
}

std::size_t streamable_client::under_way(bool requests) const {
    return static_cast<std::size_t>(
        std::count_if(exchanges_.begin(), exchanges_.end(), [&](const auto& entry) {
            return entry.second.what == role::message &&
                   (entry.second.message.what == remote_message::kind::request) == requests;
        }));
}

remote_request streamable_client::request_for(remote_request::verb method) const {
    remote_request out;
    out.method = method;
    out.target = target_;
    const bool posts = method == remote_request::verb::post;
    if (method != remote_request::verb::erase) {
        out.headers.emplace_back("Accept", posts ? "application/json, text/event-stream"
                                                 : "text/event-stream");
    }
    if (posts) {
        out.headers.emplace_back("Content-Type", "application/json");
    }
    if (!session_.empty()) {
        out.headers.emplace_back("Mcp-Session-Id", session_);
    }
    if (!version_.empty()) {
        out.headers.emplace_back("MCP-Protocol-Version", version_);
    }
    return out;
}

remote_request::haste streamable_client::haste_of(const remote_message& message) const {
    // The answer to a call may begin when the tool is done; the call has a time-out of its own, and
    // so has the first greeting, but nobody waits for a second one.
    const bool waits = message.what == remote_message::kind::request && !renewing_;
    return waits ? remote_request::haste::none : remote_request::haste::whole;
}

void streamable_client::post(remote_message message) {
    auto request = request_for(remote_request::verb::post);
    request.body = message.line;
    request.due = haste_of(message);
    exchange what;
    what.message = std::move(message);
    ask(std::move(what), std::move(request));
}

void streamable_client::ask(exchange what, remote_request request) {
    const auto number = ++last_number_;
    what.session = session_;
    if (port_.ask(number, std::move(request))) {
        exchanges_.emplace(number, std::move(what));
    } else if (what.what == role::message) {
        message_lost(what, "too many requests to the server are under way");
    }
}

std::chrono::milliseconds streamable_client::growing_pause(std::size_t attempt) const {
    auto pause = limits_.first_pause;
    for (std::size_t i = 1; i < attempt && pause < limits_.pause_max; ++i) {
        pause *= 2;
    }
    return std::min(pause, limits_.pause_max);
}

std::chrono::milliseconds streamable_client::pause_of(const exchange& what) const {
    const auto idle = what.idle_streams;
    if (what.retry) {
        const auto asked = std::clamp(*what.retry, limits_.retry_min, limits_.retry_max);
        return idle <= limits_.idle_streams_max
                   ? asked
                   : std::max(asked, growing_pause(idle - limits_.idle_streams_max));
    }
    const auto pause = growing_pause(std::max(what.attempts, idle));
    return pause + std::chrono::milliseconds(
                       std::llround(static_cast<double>(pause.count()) * limits_.jitter() / 2));
}

void streamable_client::resume(exchange what) {
    auto request = request_for(remote_request::verb::get);
    request.due = remote_request::haste::none;
    request.headers.emplace_back("Last-Event-ID", what.last_event);
    ++what.attempts;
    request.delay = pause_of(what);
    what.resuming = true;
    ask(std::move(what), std::move(request));
}

void streamable_client::open_server_stream(exchange what) {
    auto request = request_for(remote_request::verb::get);
    // Some servers hold the head back until there is an event.
    request.due = remote_request::haste::none;
    what.what = role::server_stream;
    if (!what.last_event.empty()) {
        request.headers.emplace_back("Last-Event-ID", what.last_event);
    }
    if (what.attempts > 0) {
        request.delay = pause_of(what);
    }
    ask(std::move(what), std::move(request));
}

void streamable_client::close() {
    if (phase_ == phase::closing || phase_ == phase::over) {
        return;
    }
    for (const auto& [number, what] : std::exchange(exchanges_, {})) {
        port_.cancel(number);
    }
    outbox_.clear();
    if (session_.empty()) {
        end("closed");
        return;
    }
    phase_ = phase::closing;
    exchange farewell;
    farewell.what = role::farewell;
    ask(std::move(farewell), request_for(remote_request::verb::erase));
    if (exchanges_.empty()) {
        end("closed");
    }
}

void streamable_client::end(const std::string& why) {
    if (phase_ == phase::over) {
        return;
    }
    phase_ = phase::over;
    for (const auto& [number, what] : std::exchange(exchanges_, {})) {
        port_.cancel(number);
    }
    outbox_.clear();
    port_.ended(why);
}

bool streamable_client::is_greeting(const exchange& what) const {
    return what.what == role::message && what.message.id == greeting_.id && !greeting_.id.empty() &&
           phase_ == phase::greeting;
}

void streamable_client::greeted(std::string line) {
    const auto parts = parse_server_line(line);
    const auto hello = parts ? read_server_hello(line, *parts)
                             : result<server_hello>(parts.error());
    phase_ = phase::confirming;
    if (hello) {
        version_ = to_string(hello->version);
    }
    if (!renewing_) {
        port_.message(std::move(line), greeting_.id);
        return;
    }
    if (!hello) {
        end(fmt::format("the server forgot the session, and: {}", hello.error().detail));
        return;
    }
    port_.renewed(std::move(line));
    post(remote_message::of(make_notification("notifications/initialized", "")));
}

void streamable_client::confirmed() {
    renewing_ = false;
    phase_ = phase::open;
    if (streams_) {
        open_server_stream({});
    }
    flush();
}

void streamable_client::forgotten(exchange from) {
    if (from.message.again) {
        message_lost(from, "the server forgot the session again");
        return;
    }
    const bool is_news = from.session == session_ && phase_ == phase::open;
    auto& message = from.message;
    if (from.what == role::message && message.what != remote_message::kind::response &&
        message.cancels.empty()) {
        message.again = true;
        outbox_.put_back(std::move(message));
    }
    if (is_news) {
        renew();
    }
    flush();
}

void streamable_client::renew() {
    renewing_ = true;
    phase_ = phase::greeting;
    session_.clear();
    version_.clear();
    for (auto at = exchanges_.begin(); at != exchanges_.end();) {
        // Answers that are on their way may still come; the stream of the old session is of no use.
        const bool stream = at->second.what == role::server_stream;
        if (stream) {
            port_.cancel(at->first);
        }
        at = stream ? exchanges_.erase(at) : std::next(at);
    }
    post(greeting_);
}

} // namespace orch::mcp
