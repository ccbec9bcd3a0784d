#include "actors/posted_reply.hpp"

#include <utility>

namespace orch::actors {

namespace {

/// Everything but its construction is for the thread of the session.
class posted_reply final : public reply_port {
public:
    posted_reply(session_streams_ptr streams, event_sink_ptr sink, reply_shape shape)
        : streams_(std::move(streams)), sink_(std::move(sink)), shape_(shape) {}

    encoded_message encode(const json_pieces& message) const override {
        return {nullptr, joined(message)};
    }

    bool takes_messages() const override { return shape_ != reply_shape::json_only; }

    void send(encoded_message message) override {
        if (begin()) {
            streams_->send(*stream_, message.text);
        }
    }

    void answer(encoded_message message) override {
        if (!sink_) {
            return;
        }
        if (shape_ == reply_shape::stream_only) {
            begin();
        }
        if (stream_) {
            streams_->send(*stream_, message.text);
        }
        leave({200, "application/json", stream_ ? std::string{} : std::move(message.text), {}});
    }

    void abandon() override {
        if (sink_) {
            leave({202, "", "", {}});
        }
    }

    void finish() override {}

    /// Whether there is a stream now.
    bool begin() {
        if (!sink_ || shape_ == reply_shape::json_only) {
            return false;
        }
        if (!stream_) {
            stream_ = streams_->open(sink_);
        }
        return true;
    }

private:
    void leave(net::response plain) {
        const auto sink = std::exchange(sink_, nullptr);
        if (stream_) {
            streams_->end(*stream_);
        } else {
            sink->respond(std::move(plain));
        }
    }

    const session_streams_ptr streams_;
    /// Null when the request has had its end.
    event_sink_ptr sink_;
    const reply_shape shape_;
    std::optional<session_streams::number> stream_;
};

class settled_reply final : public reply_port {
public:
    settled_reply(reply_port_ptr port, std::string text)
        : port_(std::move(port)), text_(std::move(text)) {}

    encoded_message encode(const json_pieces&) const override { return {}; }
    bool takes_messages() const override { return false; }
    void send(encoded_message) override {}
    void answer(encoded_message) override { port_->answer(port_->encode({text_})); }
    void abandon() override { port_->abandon(); }
    void finish() override {}

private:
    reply_port_ptr port_;
    std::string text_;
};

} // namespace

reply_port_ptr make_posted_reply(const session_streams_ptr& streams, const event_sink_ptr& sink,
                                 reply_shape shape, const actor_options& options) {
    auto reply = std::make_shared<posted_reply>(streams, sink, shape);
    if (!streams->primes() || shape == reply_shape::json_only) {
        return reply;
    }
    if (options.stream_after.count() == 0) {
        streams->home().dispatch([reply] { reply->begin(); });
        return reply;
    }
    // The session holds the reply: one that it dropped must not wait for this.
    sink->on_late(options.stream_after, [weak = std::weak_ptr(reply), home = &streams->home()] {
        home->dispatch([weak] {
            if (const auto late = weak.lock()) {
                late->begin();
            }
        });
    });
    return reply;
}

reply_port_ptr make_settled_reply(reply_port_ptr port, std::string text) {
    return std::make_shared<settled_reply>(std::move(port), std::move(text));
}

} // namespace orch::actors
