#include "bench/load/arrival_book.hpp"
#include "bench/load/call_tally.hpp"
#include "bench/load/event_crowd.hpp"
#include "bench/load/loads.hpp"
#include "bench/load/server_watch.hpp"

#include "core/json_writer.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <stdexcept>

namespace orch::bench {

namespace {

using namespace std::chrono_literals;
using clock = std::chrono::steady_clock;

constexpr auto longest_arrival = 30s;
/// What comes so late after an event was complete belongs to no event. Longer than a gateway puts
/// off a list that changes all the time (mcp-orch: 250 ms at first, 8 s at most).
constexpr auto between_events = 400ms;

struct fan_out_options {
    subject about;
    std::uint32_t streams = 1000;
    std::uint32_t events = 20;
    bool is_plain = false;
    endpoint publisher;
};

class fan_out_run {
public:
    explicit fan_out_run(const fan_out_options& options)
        : options_(options), watch_(options.about.server), book_(options.streams),
          crowd_(make_crowd()) {}

    std::string operator()() {
        crowd_->open();
        watch_.begin();
        context_.run_for(between_events);
        // Once an event is not complete, what comes later cannot be told from the next.
        while (book_.events() < options_.events && book_.missing() == 0) {
            publish_one();
        }
        watch_.end();
        context_.run_for(between_events);
        return report();
    }

private:
    std::unique_ptr<event_crowd> make_crowd() {
        const auto arrived = [this](std::size_t stream) {
            book_.arrived(stream, clock::now());
        };
        const auto& where = options_.about.where;
        return options_.is_plain ? make_plain_crowd(context_, where, options_.publisher,
                                                    options_.streams, arrived)
                                 : make_session_crowd(context_, where, options_.streams, arrived);
    }

    void publish_one() {
        const auto now = clock::now();
        book_.published(now);
        crowd_->publish();
        while (!book_.is_complete() && context_.run_one_until(now + longest_arrival) > 0) {
        }
        book_.give_up();
        context_.run_for(between_events);
        tell_progress([this] {
            return fmt::format("{} of {} events, {} delivered", book_.events(), options_.events,
                               book_.delivered());
        });
    }

    std::string report() const {
        std::string text;
        json_writer out(text);
        out.begin_object();
        out.key("sessions").number(options_.streams).key("events").number(book_.events());
        out.key("delivered").number(book_.delivered()).key("missing").number(book_.missing());
        out.key("duplicates").number(book_.duplicates());
        watch_.write(out, book_.delivered(), "event");
        out.key("p50_us").number(microseconds(book_.arrivals().quantile(0.5)));
        out.key("p99_us").number(microseconds(book_.arrivals().quantile(0.99)));
        out.key("all_us").number(microseconds(book_.median_of_last()));
        out.end_object();
        return text;
    }

    const fan_out_options& options_;
    boost::asio::io_context context_{1};
    server_watch watch_;
    arrival_book book_;
    std::unique_ptr<event_crowd> crowd_;
};

} // namespace

load_run prepare_fan_out(CLI::App& command) {
    const auto options = std::make_shared<fan_out_options>();
    add_subject(command, options->about);
    command.add_option("--sessions", options->streams)->check(CLI::Range(1, 100'000));
    command.add_option("--events", options->events)->check(CLI::Range(1, 100'000));
    auto* plain = command.add_flag("--plain", options->is_plain, "Bare streams, without MCP");
    command
        .add_option_function<std::string>(
            "--publish-url",
            [options](const std::string& url) { options->publisher = parse_url(url); },
            "Where events for bare streams are posted to")
        ->needs(plain);
    return [options] {
        if (options->is_plain && options->publisher.path.empty()) {
            throw std::runtime_error("--plain needs --publish-url");
        }
        return fan_out_run(*options)();
    };
}

} // namespace orch::bench
