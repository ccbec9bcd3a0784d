#include "actors/posted_batch.hpp"

#include <utility>

namespace orch::actors {

namespace {

/// Everything but its construction is for the thread of the session.
class posted_batch {
public:
    posted_batch(session_streams_ptr streams, event_sink_ptr sink, reply_shape shape,
                 std::size_t requests)
        : streams_(std::move(streams)), sink_(std::move(sink)), shape_(shape), missing_(requests) {}

    void send(const std::string& message) {
        if (shape_ != reply_shape::json_only) {
            begin();
            streams_->send(*stream_, message);
        }
    }

    void settle(std::optional<std::string> answer) {
        --missing_;
        if (answer) {
            if (shape_ == reply_shape::stream_only) {
                begin();
            }
            stream_ ? streams_->send(*stream_, *answer)
                    : static_cast<void>(answers_.push_back(std::move(*answer)));
        }
        if (missing_ == 0) {
            leave();
        }
    }

private:
    void begin() {
        if (stream_) {
            return;
        }
        stream_ = streams_->open(sink_);
        for (const auto& answer : std::exchange(answers_, {})) {
            streams_->send(*stream_, answer);
        }
    }

    void leave() {
        if (stream_) {
            streams_->end(*stream_);
        } else if (answers_.empty()) {
            sink_->respond({202, "", "", {}});
        } else {
            sink_->respond({200, "application/json", array_of_answers(), {}});
        }
        sink_.reset();
    }

    [[nodiscard]] std::string array_of_answers() const {
        std::string text = "[";
        for (const auto& answer : answers_) {
            text.append(text.size() > 1 ? "," : "").append(answer);
        }
        return text.append("]");
    }

    const session_streams_ptr streams_;
    event_sink_ptr sink_;
    const reply_shape shape_;
    std::size_t missing_;
    std::vector<std::string> answers_;
    std::optional<session_streams::number> stream_;
};

class member_reply final : public reply_port {
public:
    member_reply(std::shared_ptr<posted_batch> batch, bool takes_messages)
        : batch_(std::move(batch)), takes_messages_(takes_messages) {}

    encoded_message encode(const json_pieces& message) const override {
        return {nullptr, joined(message)};
    }
    bool takes_messages() const override { return takes_messages_; }
    void send(encoded_message message) override {
        if (batch_) {
            batch_->send(message.text);
        }
    }
    void answer(encoded_message message) override {
        if (const auto batch = std::exchange(batch_, nullptr)) {
            batch->settle(std::move(message.text));
        }
    }
    void abandon() override {
        if (const auto batch = std::exchange(batch_, nullptr)) {
            batch->settle(std::nullopt);
        }
    }
    void finish() override {}

private:
    /// Null when the request has had its end.
    std::shared_ptr<posted_batch> batch_;
    const bool takes_messages_;
};

} // namespace

std::vector<reply_port_ptr> make_posted_batch(session_streams_ptr streams, event_sink_ptr sink,
                                              reply_shape shape, std::size_t requests) {
    const auto batch = std::make_shared<posted_batch>(std::move(streams), std::move(sink), shape,
                                                      requests);
    std::vector<reply_port_ptr> members;
    members.reserve(requests);
    for (std::size_t i = 0; i < requests; ++i) {
        members.push_back(std::make_shared<member_reply>(batch, shape != reply_shape::json_only));
    }
    return members;
}

} // namespace orch::actors
