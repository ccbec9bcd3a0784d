#include "bench/load/event_crowd.hpp"
#include "bench/load/load_command.hpp"
#include "bench/load/patience.hpp"
#include "bench/load/plain_stream.hpp"
#include "bench/load/poster.hpp"

#include <fmt/format.h>

#include <stdexcept>
#include <vector>

namespace orch::bench {

namespace {

class plain_crowd final : public event_crowd {
public:
    plain_crowd(boost::asio::io_context& context, const endpoint& where, const endpoint& publisher,
                std::uint32_t streams, receiver on_event)
        : context_(context), where_(where), publisher_(publisher), streams_(streams),
          on_event_(std::move(on_event)), messages_(context, publisher.to) {
        subscribed_.reserve(streams);
    }

    void open() override {
        for (std::uint32_t i = 0; i < opening_max; ++i) {
            open_next();
        }
        const auto is_over = [this] {
            tell_progress([this] { return fmt::format("{} streams are open", opened_); });
            return opened_ == streams_;
        };
        run_until(context_, is_over, [this] { return opened_; });
    }

    void publish() override {
        last_ = std::to_string(++published_);
        messages_.send(http_request(publisher_.to, "POST", publisher_.path,
                                    "Content-Type: text/plain\r\n", last_),
                       [](const answer& got) {
                           if (got.status / 100 != 2) {
                               throw std::runtime_error(
                                   fmt::format("publishing: status {}", got.status));
                           }
                       });
    }

    bool call(std::size_t) override {
        throw std::logic_error("there is nobody to call on a bare stream");
    }

private:
    void open_next() {
        const auto number = subscribed_.size();
        if (number == streams_) {
            return;
        }
        subscribed_.push_back(
            std::make_unique<plain_stream>(context_, where_, static_cast<std::uint32_t>(number)));
        if (on_event_) {
            subscribed_.back()->on_event([this, number](std::string_view data) {
                if (data == last_) {
                    on_event_(number);
                }
            });
        }
        subscribed_.back()->open([this] {
            ++opened_;
            open_next();
        });
    }

    boost::asio::io_context& context_;
    endpoint where_;
    endpoint publisher_;
    std::uint32_t streams_;
    receiver on_event_;
    poster messages_;
    std::vector<std::unique_ptr<plain_stream>> subscribed_;
    std::size_t opened_ = 0;
    std::uint64_t published_ = 0;
    std::string last_;
};

} // namespace

std::unique_ptr<event_crowd> make_plain_crowd(boost::asio::io_context& context,
                                              const endpoint& where, const endpoint& publisher,
                                              std::uint32_t streams,
                                              event_crowd::receiver on_event) {
    return std::make_unique<plain_crowd>(context, where, publisher, streams, std::move(on_event));
}

} // namespace orch::bench
