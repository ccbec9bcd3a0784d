#include "actors/session_streams.hpp"

#include "core/uuid.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

namespace orch::actors {

namespace {

/// Any thirty-two random bits: they need not be secret, only unlikely to be those of another
/// session of the same client.
std::uint32_t random_tag() {
    const auto id = uuid::random();
    return static_cast<std::uint32_t>(id.bytes[0]) << 24U |
           static_cast<std::uint32_t>(id.bytes[1]) << 16U |
           static_cast<std::uint32_t>(id.bytes[2]) << 8U | static_cast<std::uint32_t>(id.bytes[3]);
}

/// A whole part of an id up to `end`, which is taken off with it.
template <class Number>
std::optional<Number> take_number(std::string_view& text, char end, int base) {
    const auto part = text.substr(0, end == '\0' ? text.size() : text.find(end));
    Number value{};
    const auto [stop, fault] = std::from_chars(part.data(), part.data() + part.size(), value, base);
    if (fault != std::errc{} || stop != part.data() + part.size()) {
        return std::nullopt;
    }
    text.remove_prefix(std::min(part.size() + 1, text.size()));
    return value;
}

class listening_reply final : public reply_port {
public:
    explicit listening_reply(session_streams_ptr streams) : streams_(std::move(streams)) {}

    encoded_message encode(const json_pieces& message) const override {
        return {nullptr, joined(message)};
    }
    bool takes_messages() const override { return true; }
    void send(encoded_message message) override { streams_->tell(message.text); }
    void answer(encoded_message message) override { streams_->tell(message.text); }
    void abandon() override {}
    void finish() override { streams_->close(); }

private:
    session_streams_ptr streams_;
};

} // namespace

session_streams::session_streams(bridge::io_unit& home, const actor_options& options,
                                 std::shared_ptr<event_budget> budget)
    : home_(home), options_(options), budget_(std::move(budget)), tag_(random_tag()) {
    streams_.emplace(listening_stream, stream{});
}

reply_port_ptr session_streams::listening_port() {
    return std::make_shared<listening_reply>(shared_from_this());
}

session_streams::verdict session_streams::listen(const event_sink_ptr& sink) {
    if (closed_) {
        return verdict::closed;
    }
    if (streams_[listening_stream].sink) {
        return verdict::taken;
    }
    attach(listening_stream, sink);
    replay(sink, {listening_stream, heard_});
    return verdict::listening;
}

session_streams::verdict session_streams::resume(const event_sink_ptr& sink,
                                                 std::string_view last_event_id) {
    if (closed_) {
        return verdict::closed;
    }
    const auto last = place_of(last_event_id);
    const auto found = last ? streams_.find(last->stream) : streams_.end();
    if (found == streams_.end() || last->number > found->second.last) {
        return verdict::unknown_event;
    }
    if (found->second.ended) {
        if (!history_ || history_->after(*last).empty()) {
            // What the history had no room for is lost, and the client must not take it for heard.
            return last->number < found->second.last ? verdict::unknown_event
                                                     : verdict::nothing_left;
        }
        replay(sink, *last);
        sink->finish();
        return verdict::listening;
    }
    attach(last->stream, sink);
    replay(sink, *last);
    return verdict::listening;
}

void session_streams::attach(number which, const event_sink_ptr& sink) {
    auto& to = streams_[which];
    if (const auto old = std::exchange(to.sink, sink)) {
        old->finish();
    }
    if (which == listening_stream) {
        listening_.store(true);
    }
    sink->on_end([self = weak_from_this(), home = &home_, which, turn = ++to.turn] {
        home->dispatch([self, which, turn] {
            if (const auto streams = self.lock()) {
                streams->detach(which, turn);
            }
        });
    });
}

void session_streams::detach(number which, std::uint64_t turn) {
    const auto found = streams_.find(which);
    if (found == streams_.end() || found->second.turn != turn) {
        return;
    }
    found->second.sink.reset();
    if (which == listening_stream) {
        heard_until_.store(home_.clock().monotonic());
        listening_.store(false);
    }
}

void session_streams::replay(const event_sink_ptr& sink, event_place last) {
    const auto missed = history_ ? history_->after(last) : std::vector<net::frame>{};
    if (last.stream == listening_stream) {
        heard_ = streams_[listening_stream].last;
        keeps_events_.store(keeps_events_.load() || !missed.empty());
    }
    if (missed.empty()) {
        // An id for a client that loses this connection before it hears anything. Before what was
        // missed it would name a later event.
        primes() ? prime(last.stream) : sink->push(nullptr);
    }
    for (const auto& event : missed) {
        sink->push(event);
    }
}

void session_streams::prime(number which) {
    auto& to = streams_[which];
    to.sink->push(net::priming_frame(id_of({which, ++to.last}), options_.stream_retry));
    if (which == listening_stream) {
        heard_ = to.last;
    }
}

void session_streams::tell(std::string_view json) {
    if (!closed_ && !waits_already(json)) {
        emit(listening_stream, json);
    }
}

bool session_streams::waits_already(std::string_view json) const {
    // A server whose tools come and go would else fill the histories of all who do not listen.
    if (!history_ || listening_.load()) {
        return false;
    }
    const auto waiting = history_->after({listening_stream, heard_});
    return !waiting.empty() && net::carries(*waiting.back(), json);
}

session_streams::number session_streams::open(const event_sink_ptr& sink) {
    const auto which = ++newest_;
    if (closed_) {
        return which;
    }
    attach(which, sink);
    primes() ? prime(which) : sink->push(nullptr);
    return which;
}

void session_streams::send(number which, std::string_view json) {
    const auto found = streams_.find(which);
    if (found != streams_.end() && !found->second.ended) {
        emit(which, json);
    }
}

void session_streams::emit(number which, std::string_view json) {
    auto& to = streams_[which];
    const event_place place{which, ++to.last};
    auto event = net::resumable_frame(id_of(place), json);
    history().keep(place, event, home_.clock().monotonic());
    if (to.sink) {
        to.sink->push(std::move(event));
    }
    if (which != listening_stream || to.sink) {
        keeps_events_.store(true);
    }
    if (which == listening_stream && to.sink) {
        heard_ = place.number;
    }
}

void session_streams::end(number which) {
    const auto found = streams_.find(which);
    if (found == streams_.end() || found->second.ended) {
        return;
    }
    found->second.ended = home_.clock().monotonic();
    if (const auto sink = std::exchange(found->second.sink, nullptr)) {
        sink->finish();
    }
    keeps_events_.store(true);
    bound_ended();
}

void session_streams::bound_ended() {
    const auto ended = [](const auto& entry) {
        return entry.second.ended.has_value();
    };
    if (static_cast<std::size_t>(std::count_if(streams_.begin(), streams_.end(), ended)) >
        options_.replay_events_max) {
        streams_.erase(std::find_if(streams_.begin(), streams_.end(), ended));
    }
}

void session_streams::close() {
    closed_ = true;
    for (auto& [which, each] : streams_) {
        if (const auto sink = std::exchange(each.sink, nullptr)) {
            sink->finish();
        }
    }
    streams_.clear();
    history_.reset();
    listening_.store(false);
    keeps_events_.store(false);
}

void session_streams::forget() {
    const auto limit = home_.clock().monotonic() - options_.replay_time;
    std::erase_if(streams_, [&](const auto& entry) {
        return entry.second.ended && *entry.second.ended < limit;
    });
    bool left = std::any_of(streams_.begin(), streams_.end(),
                            [](const auto& entry) { return entry.second.ended.has_value(); });
    if (history_) {
        // What an open stream said is kept for as long as its request runs.
        history_->forget(limit, [this](event_place place) {
            return place.stream == listening_stream ? place.number <= heard_
                                                    : !streams_.contains(place.stream);
        });
        left = left || history_->size() > history_->after({listening_stream, heard_}).size();
        if (history_->size() == 0) {
            history_.reset();
        }
    }
    keeps_events_.store(left);
}

event_history& session_streams::history() {
    if (!history_) {
        history_ = std::make_unique<event_history>(
            event_limits{options_.replay_events_max, options_.replay_session_bytes_max}, budget_);
    }
    return *history_;
}

std::string session_streams::id_of(event_place place) const {
    return fmt::format("{:08x}-{}-{}", tag_, place.stream, place.number);
}

std::optional<event_place> session_streams::place_of(std::string_view id) const {
    const auto tag = take_number<std::uint32_t>(id, '-', 16);
    const auto which = take_number<std::uint64_t>(id, '-', 10);
    const auto event = take_number<std::uint64_t>(id, '\0', 10);
    if (!tag || *tag != tag_ || !which || !event) {
        return std::nullopt;
    }
    return event_place{*which, *event};
}

} // namespace orch::actors
