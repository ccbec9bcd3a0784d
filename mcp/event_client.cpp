#include "mcp/event_client.hpp"

#include <fmt/core.h>

#include <utility>

namespace orch::mcp {

event_client::event_client(remote_port& port, remote_limits limits)
    : port_(port), limits_(std::move(limits)), outbox_(limits_) {}

bool event_client::send(std::string line) {
    if (phase_ == phase::over) {
        return false;
    }
    auto message = remote_message::of(std::move(line));
    if (!message.cancels.empty() && outbox_.withdraw(message.cancels)) {
        return true;
    }
    if (!outbox_.push(std::move(message))) {
        return false;
    }
    if (phase_ == phase::fresh) {
        phase_ = phase::opening;
        stream_ = ++last_number_;
        remote_request request;
        request.headers.emplace_back("Accept", "text/event-stream");
        if (!port_.ask(stream_, std::move(request))) {
            end("too many requests to the server are under way");
        }
        return true;
    }
    flush();
    return true;
}

void event_client::flush() {
    while (phase_ == phase::open && !confirming_ && posts_.size() < limits_.others_max) {
        auto next = outbox_.pop(true, true);
        if (!next) {
            return;
        }
        post(std::move(*next));
    }
}

void event_client::post(remote_message message) {
    const auto number = ++last_number_;
    remote_request request;
    request.method = remote_request::verb::post;
    request.target = endpoint_;
    request.due = remote_request::haste::whole;
    request.headers.emplace_back("Content-Type", "application/json");
    request.body = message.line;
    confirming_ = message.method == "notifications/initialized";
    posts_.emplace(number, std::move(message));
    if (!port_.ask(number, std::move(request))) {
        posted(number, "too many requests to the server are under way");
    }
}

void event_client::stream_began(std::uint64_t number, const remote_head& /*head*/) {
    if (number != stream_) {
        port_.release(number);
        posted(number, "");
    }
}

void event_client::stream_event(std::uint64_t number, remote_event event) {
    if (number != stream_ || phase_ == phase::over) {
        return;
    }
    if (event.discarded_bytes > 0) {
        // It may have been an answer, and nobody can say to which request.
        end(fmt::format("an event of {} bytes is over the limit", event.discarded_bytes));
    } else if (event.type == "endpoint") {
        endpoint_named(event.data);
    } else if (!event.data.empty() && (event.type.empty() || event.type == "message")) {
        auto lines = split_messages(std::move(event.data));
        if (!lines) {
            port_.note(fmt::format("an event is no MCP message: {}", lines.error().detail));
            return;
        }
        for (auto& line : *lines) {
            port_.message(std::move(line), "");
        }
    }
}

void event_client::endpoint_named(const std::string& reference) {
    if (phase_ != phase::opening) {
        // Credentials go only where they went first.
        port_.note("it named another endpoint for messages, which is not used");
        return;
    }
    endpoint_ = port_.resolve(reference);
    if (endpoint_.empty()) {
        end(fmt::format("it wants messages at \"{}\", which is not at its own origin",
                        reference.substr(0, 200)));
        return;
    }
    phase_ = phase::open;
    flush();
}

void event_client::answered(std::uint64_t number, const remote_head& head, std::string body) {
    if (number == stream_) {
        const bool fine = head.status == 200;
        end(fine ? fmt::format("its answer is of type \"{}\" and no stream of events",
                               head.content_type.substr(0, 100))
                 : describe_answer(head, std::move(body)));
        return;
    }
    const bool taken = head.status >= 200 && head.status < 300;
    posted(number, taken ? "" : describe_answer(head, std::move(body)));
}

void event_client::failed(std::uint64_t number, const remote_failure& failure) {
    if (number == stream_) {
        end(failure.reason);
    } else {
        posted(number, failure.reason);
    }
}

void event_client::posted(std::uint64_t number, const std::string& problem) {
    const auto found = posts_.find(number);
    if (found == posts_.end() || phase_ == phase::over) {
        return;
    }
    const auto message = std::move(found->second);
    posts_.erase(found);
    const bool confirms = message.method == "notifications/initialized";
    confirming_ = confirming_ && !confirms;
    if (!problem.empty()) {
        if (confirms || message.method == "initialize") {
            end(problem);
            return;
        }
        if (!message.id.empty()) {
            port_.lost(message.id, problem);
        } else {
            port_.note(fmt::format("{} was not delivered: {}",
                                   message.method.empty() ? "an answer" : message.method, problem));
        }
    }
    flush();
}

void event_client::close() { end("closed"); }

void event_client::end(const std::string& why) {
    if (phase_ == phase::over) {
        return;
    }
    phase_ = phase::over;
    port_.cancel(stream_);
    for (const auto& [number, message] : std::exchange(posts_, {})) {
        port_.cancel(number);
    }
    outbox_.clear();
    port_.ended(why);
}

} // namespace orch::mcp
