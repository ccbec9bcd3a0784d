#include "bench/load/event_crowd.hpp"
#include "bench/load/mcp_client.hpp"
#include "bench/load/patience.hpp"

#include <stdexcept>
#include <vector>

namespace orch::bench {

namespace {

/// So many sessions open at a time; each lane shares one connection for what its sessions send.
constexpr std::uint32_t lanes = 32;

class session_crowd final : public event_crowd {
public:
    session_crowd(boost::asio::io_context& context, const endpoint& where, std::uint32_t streams,
                  receiver on_event)
        : context_(context), where_(where), streams_(streams), on_event_(std::move(on_event)),
          publisher_(make_client(context, wire::sse, where, streams)) {
        sessions_.reserve(streams);
    }

    void open() override {
        publisher_->open([this] { ++opened_; });
        for (std::uint32_t i = 0; i < lanes; ++i) {
            open_next(std::make_shared<poster>(context_, where_.to));
        }
        run_until(
            context_, [this] { return opened_ == streams_ + 1; }, [this] { return opened_; });
    }

    void publish() override {
        publisher_->call({"announce", 0}, [](verdict judged) {
            if (judged != verdict::right) {
                throw std::runtime_error("the tool announce was not answered as it should be");
            }
        });
    }

private:
    void open_next(const std::shared_ptr<poster>& lane) {
        const auto number = sessions_.size();
        if (number == streams_) {
            return;
        }
        sessions_.push_back(
            make_sse_client(context_, where_, static_cast<std::uint32_t>(number), lane));
        sessions_.back()->on_notice([this, number](std::string_view message) {
            if (message.find("tools/list_changed") != std::string_view::npos) {
                on_event_(number);
            }
        });
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
