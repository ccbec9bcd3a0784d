#include "bench/load/call_tally.hpp"
#include "bench/load/loads.hpp"
#include "bench/load/process_usage.hpp"
#include "bench/load/run_fault.hpp"
#include "bench/load/session_loop.hpp"

#include "core/json_writer.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <thread>

#include <unistd.h>

namespace orch::bench {

namespace {

using namespace std::chrono_literals;
using clock = std::chrono::steady_clock;

constexpr auto warm_up = 500ms;
constexpr auto longest_wait = 60s;
/// A gateway that watches its connections finds those that were reset at once.
constexpr auto longest_cleanup = 10s;
constexpr auto look_interval = 100ms;

struct vanishing_options {
    subject about;
    wire kind = wire::sse;
    call_shape shape;
    std::uint32_t sessions = 64;
    std::chrono::milliseconds duration{8000};
};

/// Memory and descriptors of the gateway when it is quiet; zeros without a process.
struct holdings {
    std::uint64_t resident = 0;
    std::uint64_t descriptors = 0;
};

holdings look_at(pid_t server) {
    if (server == 0) {
        return {};
    }
    wait_until_quiet(server, longest_wait);
    return {resident_bytes(server), open_descriptors(server)};
}

/// Half of the clients go while they wait, the others are measured before and after.
class vanishing_run {
public:
    explicit vanishing_run(const vanishing_options& options)
        : options_(options), goers_(options.sessions / 2),
          loop_(context_, options.about.where, options.kind, options.sessions) {
        loop_.watch({[this](const session_loop::answered& answer) {
            if (answer.session >= goers_ && measured_ != nullptr) {
                measured_->add(answer.received - answer.sent);
            }
        }});
    }

    std::string operator()() {
        const auto unused = look_at(options_.about.server);
        loop_.open();
        loop_.start(options_.shape);
        context_.run_for(warm_up);
        measure(before_);
        // Not before the first calls, which open what the gateway needs for itself.
        loop_.stop(longest_wait);
        const auto before = look_at(options_.about.server);
        loop_.start(options_.shape);
        context_.run_for(warm_up);
        let_vanish();
        measure(after_);
        loop_.stop(longest_wait);
        await_descriptors(before.descriptors);
        const auto after = look_at(options_.about.server);
        return report(unused, before, after);
    }

private:
    void let_vanish() {
        const auto waiting = loop_.open_calls();
        // Each of our connections that is gone is a descriptor of the gateway's.
        const auto open = open_descriptors(::getpid());
        loop_.let_vanish(goers_);
        gone_ = open - open_descriptors(::getpid());
        abandoned_ = waiting - loop_.open_calls();
    }

    /// Gives the gateway its time to find that clients are gone.
    void await_descriptors(std::uint64_t before) {
        const auto server = options_.about.server;
        const auto started = clock::now();
        while (server != 0 && clock::now() - started < longest_cleanup &&
               !fault_of_descriptors({before, gone_, open_descriptors(server)}).empty()) {
            std::this_thread::sleep_for(look_interval);
        }
        cleanup_ = clock::now() - started;
    }

    void measure(latency_histogram& into) {
        measured_ = &into;
        context_.run_for(options_.duration / 2);
        measured_ = nullptr;
        tell_progress([this] { return fmt::format("{} calls", loop_.so_far().calls); });
    }

    std::string report(const holdings& unused, const holdings& before,
                       const holdings& after) const {
        const auto& all = loop_.so_far();
        std::string text;
        json_writer out(text);
        out.begin_object();
        out.key("calls").number(all.calls).key("wrong").number(all.wrong);
        out.key("failed").number(all.failed).key("unanswered").number(loop_.open_calls());
        out.key("vanished").number(goers_).key("abandoned_calls").number(abandoned_);
        out.key("sessions_lost").number(all.lost_sessions);
        out.key("first_loss").string(all.first_loss);
        write_quantiles(out, before_, "before_");
        write_quantiles(out, after_, "after_");
        if (options_.about.server != 0) {
            out.key("resident_bytes_before").number(before.resident);
            out.key("resident_bytes_after").number(after.resident);
            out.key("descriptors_without_sessions").number(unused.descriptors);
            out.key("descriptors_before").number(before.descriptors);
            out.key("descriptors_vanished").number(gone_);
            out.key("descriptors_after").number(after.descriptors);
            out.key("cleanup_seconds").number(cleanup_.count());
            write_fault(out, fault_of_descriptors({before.descriptors, gone_, after.descriptors}));
        }
        out.end_object();
        return text;
    }

    const vanishing_options& options_;
    std::size_t goers_;
    boost::asio::io_context context_{1};
    session_loop loop_;
    latency_histogram before_;
    latency_histogram after_;
    latency_histogram* measured_ = nullptr;
    std::uint64_t abandoned_ = 0;
    /// Connections of the clients that vanished.
    std::uint64_t gone_ = 0;
    std::chrono::duration<double> cleanup_{};
};

} // namespace

load_run prepare_vanish(CLI::App& command) {
    const auto options = std::make_shared<vanishing_options>();
    add_subject(command, options->about);
    add_wire(command, options->kind);
    command.add_option("--sessions", options->sessions)->check(CLI::Range(2, 20'000));
    add_milliseconds(command, "--milliseconds", options->duration, "After the warm-up");
    return [options] {
        return vanishing_run(*options)();
    };
}

} // namespace orch::bench
