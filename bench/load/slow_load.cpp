#include "bench/load/call_tally.hpp"
#include "bench/load/loads.hpp"
#include "bench/load/patience.hpp"
#include "bench/load/process_usage.hpp"
#include "bench/load/session_loop.hpp"

#include "core/byte_sizes.hpp"
#include "core/json_writer.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace orch::bench {

namespace {

using namespace std::chrono_literals;
using clock = std::chrono::steady_clock;

constexpr auto warm_up = 500ms;
constexpr auto longest_wait = 60s;
/// All slow sessions together ask so often, and each no more than so many times.
constexpr auto between_requests = 10ms;
constexpr std::uint32_t requests_of_one_max = 256;

struct slow_options {
    subject about;
    wire kind = wire::sse;
    std::uint32_t sessions = 16;
    std::uint32_t slow = 16;
    std::chrono::milliseconds duration{20'000};
};

/// Sessions that ask for more and more and read nothing of it.
class slow_readers {
public:
    slow_readers(boost::asio::io_context& context, const endpoint& where, std::uint32_t readers,
                 std::uint32_t first_number)
        : timer_(context), context_(context) {
        for (std::uint32_t i = 0; i < readers; ++i) {
            readers_.push_back({make_client(context, wire::sse, where, first_number + i)});
        }
    }

    void open() {
        std::size_t opened = 0;
        for (const auto& each : readers_) {
            each.client->open([&opened] { ++opened; });
        }
        run_until(
            context_, [&] { return opened == readers_.size(); }, [&opened] { return opened; });
        for (auto& each : readers_) {
            each.client->on_lost([this, &each](const std::string& why) {
                each.is_cut_off = true;
                first_cut_ = first_cut_.empty() ? why : first_cut_;
            });
            each.client->stop_reading();
        }
    }

    void start() { ask_next(); }

    /// Asks each once more, which a session that is gone does not survive.
    void stop(std::chrono::milliseconds wait) {
        timer_.cancel();
        for (auto& each : readers_) {
            ask(each);
        }
        context_.run_for(wait);
    }

    [[nodiscard]] std::uint64_t requests() const noexcept { return requests_; }
    [[nodiscard]] auto cut_off() const {
        return std::count_if(readers_.begin(), readers_.end(),
                             [](const reader& each) { return each.is_cut_off; });
    }
    /// Why the first was, as far as it can tell.
    [[nodiscard]] const std::string& first_cut() const noexcept { return first_cut_; }

private:
    struct reader {
        std::unique_ptr<mcp_client> client;
        std::uint32_t requests = 0;
        bool is_cut_off = false;
    };

    void ask_next() {
        auto& each = readers_[next_++ % readers_.size()];
        if (each.requests < requests_of_one_max) {
            ask(each);
        }
        timer_.expires_after(between_requests);
        timer_.async_wait([this](const boost::system::error_code& cancelled) {
            if (!cancelled) {
                ask_next();
            }
        });
    }

    void ask(reader& each) {
        if (each.is_cut_off) {
            return;
        }
        ++each.requests;
        ++requests_;
        each.client->call({"blob", 0, 64 * kib}, [](verdict) {});
    }

    boost::asio::steady_timer timer_;
    boost::asio::io_context& context_;
    std::vector<reader> readers_;
    std::size_t next_ = 0;
    std::uint64_t requests_ = 0;
    std::string first_cut_;
};

/// The same loop without and with slow readers beside it.
class slow_run {
public:
    explicit slow_run(const slow_options& options)
        : options_(options), loop_(context_, options.about.where, options.kind, options.sessions),
          readers_(context_, options.about.where, options.slow, options.sessions) {
        loop_.watch({[this](const session_loop::answered& answer) {
            if (measured_ != nullptr) {
                measured_->add(answer.received - answer.sent);
            }
        }});
    }

    std::string operator()() {
        loop_.open();
        readers_.open();
        loop_.start({});
        context_.run_for(warm_up);
        measure(without_);
        resident_before_ = resident_peak_;
        readers_.start();
        measure(with_);
        readers_.stop(1s);
        loop_.stop(longest_wait);
        return report();
    }

private:
    void measure(latency_histogram& into) {
        measured_ = &into;
        resident_peak_ = 0;
        for (const auto end = clock::now() + options_.duration / 2; clock::now() < end;) {
            context_.run_until(std::min(end, clock::now() + 100ms));
            look();
            tell_progress([this] {
                return fmt::format("{} calls, {} slow ones, {} cut off", loop_.so_far().calls,
                                   readers_.requests(), readers_.cut_off());
            });
        }
        measured_ = nullptr;
    }

    void look() {
        if (options_.about.server != 0) {
            resident_peak_ = std::max(resident_peak_, resident_bytes(options_.about.server));
        }
    }

    std::string report() const {
        const auto& all = loop_.so_far();
        std::string text;
        json_writer out(text);
        out.begin_object();
        out.key("calls").number(all.calls).key("wrong").number(all.wrong);
        out.key("failed").number(all.failed).key("unanswered").number(loop_.open_calls());
        out.key("sessions_lost").number(all.lost_sessions);
        out.key("first_loss").string(all.first_loss);
        out.key("slow_requests").number(readers_.requests());
        out.key("cut_off").number(readers_.cut_off());
        out.key("first_cut").string(readers_.first_cut());
        write_quantiles(out, without_, "without_");
        write_quantiles(out, with_, "with_");
        if (options_.about.server != 0) {
            out.key("resident_bytes_before").number(resident_before_);
            out.key("resident_bytes_peak").number(resident_peak_);
        }
        out.end_object();
        return text;
    }

    const slow_options& options_;
    boost::asio::io_context context_{1};
    session_loop loop_;
    slow_readers readers_;
    latency_histogram without_;
    latency_histogram with_;
    latency_histogram* measured_ = nullptr;
    std::uint64_t resident_before_ = 0;
    std::uint64_t resident_peak_ = 0;
};

} // namespace

load_run prepare_slow(CLI::App& command) {
    const auto options = std::make_shared<slow_options>();
    add_subject(command, options->about);
    add_wire(command, options->kind);
    command.add_option("--sessions", options->sessions, "Sessions that read")
        ->check(CLI::Range(1, 10'000));
    command.add_option("--slow", options->slow, "SSE sessions that do not")
        ->check(CLI::Range(1, 10'000));
    add_milliseconds(command, "--milliseconds", options->duration, "Half without the slow ones");
    return [options] {
        if (options->kind != wire::sse) {
            throw std::runtime_error("slow readers are measured over SSE only");
        }
        return slow_run(*options)();
    };
}

} // namespace orch::bench
