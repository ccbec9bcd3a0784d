#include "bench/load/loads.hpp"
#include "bench/load/mcp_client.hpp"
#include "bench/load/patience.hpp"
#include "bench/load/plain_stream.hpp"
#include "bench/load/process_usage.hpp"

#include "core/json_writer.hpp"

#include <CLI/CLI.hpp>

#include <fmt/format.h>

#include <optional>
#include <vector>

namespace orch::bench {

namespace {

using namespace std::chrono_literals;
using clock = std::chrono::steady_clock;

constexpr std::uint32_t lanes = 32;
constexpr std::chrono::milliseconds longest_settling = 10s;

struct idle_options {
    subject about;
    std::uint32_t sessions = 10'000;
    std::chrono::seconds watch{0};
    bool is_plain = false;
};

/// Opens sessions, as many at a time as there are lanes; each lane shares one connection for what
/// its sessions send.
class session_crowd {
public:
    explicit session_crowd(const idle_options& options) : options_(options) {}

    void open() {
        for (std::uint32_t i = 0; i < lanes; ++i) {
            if (options_.is_plain) {
                open_next_stream();
            } else {
                open_next(std::make_shared<poster>(context_, options_.about.where.to));
            }
        }
        const auto is_over = [this] {
            tell_progress([this] { return fmt::format("{} sessions are open", opened_); });
            return opened_ == options_.sessions;
        };
        run_until(context_, is_over, [this] { return opened_; });
    }

    /// False: the answer was wrong.
    bool call(std::size_t session) {
        std::optional<verdict> told;
        sessions_.at(session)->call({}, [&](verdict judged) { told = judged; });
        const auto is_over = [&] {
            return told.has_value();
        };
        run_until(context_, is_over, [] { return 0; });
        // A stream that was closed meanwhile throws here.
        context_.poll();
        return told == verdict::right;
    }

    /// Only keeps the streams: what comes is read, and a stream that ends throws.
    void wait(std::chrono::seconds time) {
        context_.restart();
        context_.run_for(time);
    }

private:
    void open_next(const std::shared_ptr<poster>& lane) {
        if (sessions_.size() == options_.sessions) {
            return;
        }
        const auto number = static_cast<std::uint32_t>(sessions_.size());
        sessions_.push_back(make_sse_client(context_, options_.about.where, number, lane));
        sessions_.back()->open([this, lane] {
            ++opened_;
            open_next(lane);
        });
    }

    void open_next_stream() {
        if (streams_.size() == options_.sessions) {
            return;
        }
        const auto number = static_cast<std::uint32_t>(streams_.size());
        streams_.push_back(std::make_unique<plain_stream>(context_, options_.about.where, number));
        streams_.back()->open([this] {
            ++opened_;
            open_next_stream();
        });
    }

    const idle_options& options_;
    boost::asio::io_context context_{1};
    std::vector<std::unique_ptr<mcp_client>> sessions_;
    std::vector<std::unique_ptr<plain_stream>> streams_;
    std::uint32_t opened_ = 0;
};

/// What the process does while nobody asks it for anything.
void watch_idle(session_crowd& crowd, const idle_options& options, json_writer& out) {
    const auto server = options.about.server;
    const auto started = clock::now();
    const auto cpu = total(cpu_of(server));
    const auto switches = voluntary_switches(server);
    crowd.wait(options.watch);
    const auto seconds = std::chrono::duration<double>(clock::now() - started).count();
    const std::chrono::duration<double, std::milli> used = total(cpu_of(server)) - cpu;
    out.key("idle_cpu_ms_per_second").number(used.count() / seconds);
    out.key("wakeups_per_second")
        .number(static_cast<double>(voluntary_switches(server) - switches) / seconds);
}

std::string run_idle(const idle_options& options) {
    const auto server = options.about.server;
    const auto before = server == 0 ? 0 : resident_bytes(server);
    session_crowd crowd(options);
    const auto started = clock::now();
    crowd.open();
    const std::chrono::duration<double> opening = clock::now() - started;
    std::string text;
    json_writer out(text);
    out.begin_object();
    out.key("sessions").number(options.sessions);
    out.key("opening_seconds").number(opening.count());
    out.key("sessions_per_second").number(options.sessions / opening.count());
    if (server != 0) {
        wait_until_quiet(server, longest_settling);
        const auto after = resident_bytes(server);
        out.key("resident_bytes_before").number(before);
        out.key("resident_bytes_after").number(after);
        out.key("kib_per_session")
            .number((static_cast<double>(after) - static_cast<double>(before)) / 1024.0 /
                    options.sessions);
        if (options.watch.count() > 0) {
            watch_idle(crowd, options, out);
        }
    }
    const bool is_right = options.is_plain || crowd.call(options.sessions / 2);
    out.key("wrong").number(is_right ? 0 : 1);
    out.end_object();
    return text;
}

} // namespace

load_run prepare_idle(CLI::App& command) {
    const auto options = std::make_shared<idle_options>();
    add_subject(command, options->about);
    command.add_option("--sessions", options->sessions)->check(CLI::PositiveNumber);
    command
        .add_option_function<std::int64_t>(
            "--watch",
            [options](std::int64_t seconds) { options->watch = std::chrono::seconds{seconds}; },
            "Seconds to look at CPU and wake-ups while nothing is called")
        ->check(CLI::Range(std::int64_t{0}, std::int64_t{3600}));
    command.add_flag("--plain", options->is_plain, "Event streams without MCP");
    return [options] {
        return run_idle(*options);
    };
}

} // namespace orch::bench
