#include "bench/load/call_tally.hpp"
#include "bench/load/loads.hpp"
#include "bench/load/patience.hpp"
#include "bench/load/pipe_client.hpp"
#include "bench/load/recovery_book.hpp"
#include "bench/load/server_child.hpp"
#include "bench/load/session_loop.hpp"

#include "core/json_writer.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <csignal>
#include <stdexcept>

namespace orch::bench {

namespace {

using namespace std::chrono_literals;
using clock = std::chrono::steady_clock;

constexpr auto longest_wait = 60s;
constexpr int start_rounds = 5;

struct recovery_options {
    subject about;
    wire kind = wire::sse;
    call_shape shape;
    std::uint32_t sessions = 16;
    std::chrono::milliseconds kill_after{10'000};
    /// Of the whole run.
    std::chrono::milliseconds duration{20'000};
};

pid_t process_in(std::string_view answer) {
    constexpr std::string_view member = "\"pid\":";
    const auto place = answer.find(member);
    pid_t process = 0;
    if (place != std::string_view::npos) {
        const auto digits = answer.substr(place + member.size());
        std::from_chars(digits.data(), digits.data() + digits.size(), process);
    }
    return process;
}

/// One kill under a closed loop.
class recovery_run {
public:
    explicit recovery_run(const recovery_options& options)
        : options_(options), loop_(context_, options.about.where, options.kind, options.sessions),
          book_(options.sessions) {
        loop_.watch({[this](const session_loop::answered& answer) {
                         book_.answered(answer.session, answer.judged, answer.received);
                     },
                     [this](std::size_t session) { book_.called(session); },
                     [this](std::size_t session) {
                         book_.lost(session);
                     }});
    }

    std::string operator()() {
        loop_.open();
        const auto victim = find_server();
        const auto starts = measure_starts(command_of(victim));
        loop_.start(options_.shape);
        run_for(options_.kill_after, "before the kill");
        const auto now = clock::now();
        if (::kill(victim, SIGKILL) != 0) {
            throw std::runtime_error("the server cannot be killed");
        }
        book_.killed(now);
        run_for(options_.duration - std::min(options_.duration, options_.kill_after), "after it");
        const auto end = clock::now() + longest_wait;
        while (!book_.is_complete() && clock::now() < end) {
            context_.run_one_until(end);
        }
        loop_.stop(longest_wait);
        return report(starts);
    }

private:
    /// The process of the server, which the first session asks for.
    pid_t find_server() {
        pid_t process = 0;
        bool is_answered = false;
        auto& client = loop_.client(0);
        client.on_answer([&](std::string_view answer) { process = process_in(answer); });
        client.call({"pid"}, [&](verdict) { is_answered = true; });
        const auto is_over = [&] {
            if (loop_.so_far().lost_sessions > 0) {
                throw std::runtime_error(loop_.so_far().first_loss);
            }
            return is_answered;
        };
        run_until(context_, is_over, [] { return 0; });
        client.on_answer(nullptr);
        if (!descends_from(process, options_.about.server)) {
            throw std::runtime_error(fmt::format("process {} is no descendant of process {}",
                                                 process, options_.about.server));
        }
        return process;
    }

    static std::vector<std::chrono::nanoseconds>
    measure_starts(const std::vector<std::string>& command) {
        std::vector<std::chrono::nanoseconds> times;
        for (int i = 0; i < start_rounds; ++i) {
            times.push_back(start_time_of(command));
        }
        std::sort(times.begin(), times.end());
        return times;
    }

    void run_for(std::chrono::milliseconds duration, const char* phase) {
        for (const auto end = clock::now() + duration; clock::now() < end;) {
            context_.run_until(std::min(end, clock::now() + 1s));
            const auto& all = loop_.so_far();
            tell_progress([&] {
                return fmt::format("{}: {} calls, {} failed", phase, all.calls, all.failed);
            });
        }
    }

    std::string report(const std::vector<std::chrono::nanoseconds>& starts) const {
        const auto& all = loop_.so_far();
        const auto recoveries = book_.recoveries();
        std::string text;
        json_writer out(text);
        out.begin_object();
        out.key("calls").number(all.calls).key("wrong").number(all.wrong);
        out.key("failed").number(all.failed).key("unanswered").number(loop_.open_calls());
        out.key("in_flight").number(book_.in_flight());
        out.key("failed_in_flight").number(book_.failed_in_flight());
        out.key("failed_in_flight_us").number(microseconds(book_.last_failure().value_or(0ns)));
        out.key("recovered_sessions").number(recoveries.size());
        if (!recoveries.empty()) {
            out.key("first_right_us").begin_object();
            out.key("min").number(microseconds(recoveries.front()));
            out.key("p50").number(microseconds(recoveries[recoveries.size() / 2]));
            out.key("max").number(microseconds(recoveries.back())).end_object();
        }
        out.key("sessions_lost").number(all.lost_sessions);
        out.key("first_loss").string(all.first_loss);
        out.key("child_start_us").number(microseconds(starts[starts.size() / 2]));
        out.end_object();
        return text;
    }

    const recovery_options& options_;
    boost::asio::io_context context_{1};
    session_loop loop_;
    recovery_book book_;
};

} // namespace

load_run prepare_recover(CLI::App& command) {
    const auto options = std::make_shared<recovery_options>();
    add_subject(command, options->about);
    command.get_option("--pid")->required();
    add_wire(command, options->kind);
    command.add_option("--sessions", options->sessions)->check(CLI::PositiveNumber);
    add_milliseconds(command, "--kill-after", options->kill_after, "When the server is killed");
    add_milliseconds(command, "--milliseconds", options->duration, "Of the whole run");
    return [options] {
        return recovery_run(*options)();
    };
}

} // namespace orch::bench
