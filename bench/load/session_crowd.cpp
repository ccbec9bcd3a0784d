#include "bench/load/event_crowd.hpp"
#include "bench/load/mcp_client.hpp"
#include "bench/load/patience.hpp"

#include <fmt/format.h>

#include <optional>
#include <stdexcept>
#include <vector>

namespace orch::bench {

namespace {

/// Sessions that are opened one after the other share one connection for what they send.
class session_crowd final : public event_crowd {
public:
    session_crowd(boost::asio::io_context& context, const endpoint& where, std::uint32_t streams,
                  receiver on_event)
        : context_(context), where_(where), streams_(streams), on_event_(std::move(on_event)) {
        sessions_.reserve(streams);
        if (on_event_) {
            publisher_ = make_client(context, wire::sse, where, streams);
        }
    }

    void open() override {
        const auto wanted = streams_ + (publisher_ ? 1 : 0);
        if (publisher_) {
            publisher_->open([this] { ++opened_; });
        }
        for (std::uint32_t i = 0; i < opening_max; ++i) {
            open_next(std::make_shared<poster>(context_, where_.to));
        }
        const auto is_over = [this, wanted] {
            tell_progress([this] { return fmt::format("{} sessions are open", opened_); });
            return opened_ == wanted;
        };
        run_until(context_, is_over, [this] { return opened_; });
    }

    void publish() override {
        publisher_->call({"announce", 0}, [](verdict judged) {
            if (judged != verdict::right) {
                throw std::runtime_error("the tool announce was not answered as it should be");
            }
        });
    }

    bool call(std::size_t stream) override {
        std::optional<verdict> told;
        sessions_.at(stream)->call({}, [&](verdict judged) { told = judged; });
        const auto is_over = [&] {
            return told.has_value();
        };
        run_until(context_, is_over, [] { return 0; });
        // A stream that was closed meanwhile throws here.
        context_.poll();
        return told == verdict::right;
    }

private:
    void open_next(const std::shared_ptr<poster>& lane) {
        const auto number = sessions_.size();
        if (number == streams_) {
            return;
        }
        sessions_.push_back(
            make_sse_client(context_, where_, static_cast<std::uint32_t>(number), lane));
        if (on_event_) {
            sessions_.back()->on_notice([this, number](std::string_view message) {
                if (message.find("tools/list_changed") != std::string_view::npos) {
                    on_event_(number);
                }
            });
        }
        sessions_.back()->open([this, lane] {
            ++opened_;
            open_next(lane);
        });
    }

    boost::asio::io_context& context_;
    endpoint where_;
    std::uint32_t streams_;
    receiver on_event_;
    std::unique_ptr<mcp_client> publisher_;
    std::vector<std::unique_ptr<mcp_client>> sessions_;
    std::uint32_t opened_ = 0;
};

} // namespace

std::unique_ptr<event_crowd> make_session_crowd(boost::asio::io_context& context,
                                                const endpoint& where, std::uint32_t streams,
                                                event_crowd::receiver on_event) {
    return std::make_unique<session_crowd>(context, where, streams, std::move(on_event));
}

} // namespace orch::bench
