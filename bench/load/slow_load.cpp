#include "bench/load/call_tally.hpp"
#include "bench/load/loads.hpp"
#include "bench/load/process_usage.hpp"
#include "bench/load/run_fault.hpp"
#include "bench/load/session_loop.hpp"
#include "bench/load/slow_readers.hpp"

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
constexpr auto look_interval = 100ms;
/// Slow sessions go on so long behind their time until they have asked for all they may.
constexpr auto longest_overtime = 20s;
/// So long it takes at most until who was cut off finds that.
constexpr auto longest_discovery = 5s;
/// A gateway keeps some 32 MiB of each, or all that they ask for.
constexpr int slow_max = 32;

struct slow_options {
    subject about;
    wire kind = wire::sse;
    std::uint32_t sessions = 16;
    std::uint32_t slow = 8;
    std::chrono::milliseconds duration{20'000};
};

/// The same loop without and with slow readers beside it.
class slow_run {
public:
    explicit slow_run(const slow_options& options)
        : options_(options), loop_(context_, options.about.where, options.kind, options.sessions),
          readers_(context_, options.about.where, options.slow, options.sessions) {
        loop_.watch({[this](const session_loop::answered& answer) {
            if (measured_ != nullptr) {
                measured_->latencies.add(answer.received - answer.sent);
            }
        }});
    }

    std::string operator()() {
        loop_.open();
        readers_.open();
        loop_.start({});
        context_.run_for(warm_up);
        measure(without_, 0s);
        resident_before_ = resident_peak_;
        readers_.start();
        measure(with_, longest_overtime);
        readers_.stop(longest_discovery);
        loop_.stop(longest_wait);
        return report();
    }

private:
    /// What the sessions that read got in one half.
    struct half {
        latency_histogram latencies;
        std::chrono::duration<double> length{};

        void write(json_writer& out, const std::string& prefix) const {
            const auto calls = latencies.count();
            out.key(prefix + "calls").number(calls);
            out.key(prefix + "calls_per_second")
                .number(static_cast<double>(calls) / std::max(length.count(), 1e-9));
            write_quantiles(out, latencies, prefix);
        }
    };

    void measure(half& into, std::chrono::milliseconds overtime) {
        measured_ = &into;
        resident_peak_ = 0;
        const auto started = clock::now();
        const auto end = started + options_.duration / 2;
        const auto is_on = [&] {
            const auto now = clock::now();
            return now < end || (now < end + overtime && !readers_.have_asked());
        };
        while (is_on()) {
            context_.run_for(look_interval);
            look();
            tell_progress([this] {
                return fmt::format("{} calls, {} slow ones, {} cut off", loop_.so_far().calls,
                                   readers_.requests(), readers_.cut_off());
            });
        }
        measured_ = nullptr;
        into.length = clock::now() - started;
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
        out.key("slow").number(options_.slow).key("cut_off").number(readers_.cut_off());
        out.key("first_cut").string(readers_.first_cut());
        without_.write(out, "without_");
        with_.write(out, "with_");
        if (options_.about.server != 0) {
            out.key("resident_bytes_before").number(resident_before_);
            out.key("resident_bytes_peak").number(resident_peak_);
        }
        write_fault(
            out, fault_of_slow_readers(options_.slow, readers_.cut_off(), with_.latencies.count()));
        out.end_object();
        return text;
    }

    const slow_options& options_;
    boost::asio::io_context context_{1};
    session_loop loop_;
    slow_readers readers_;
    half without_;
    half with_;
    half* measured_ = nullptr;
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
        ->check(CLI::Range(1, slow_max));
    add_milliseconds(command, "--milliseconds", options->duration, "Half without the slow ones");
    return [options] {
        if (options->kind != wire::sse) {
            throw std::runtime_error("slow readers are measured over SSE only");
        }
        return slow_run(*options)();
    };
}

} // namespace orch::bench
