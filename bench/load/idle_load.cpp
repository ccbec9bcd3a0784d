#include "bench/load/event_crowd.hpp"
#include "bench/load/loads.hpp"
#include "bench/load/process_usage.hpp"

#include "core/json_writer.hpp"

#include <CLI/CLI.hpp>

namespace orch::bench {

namespace {

using namespace std::chrono_literals;
using clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds longest_settling = 10s;

struct idle_options {
    subject about;
    std::uint32_t sessions = 10'000;
    std::chrono::seconds watch{0};
    bool is_plain = false;
};

std::unique_ptr<event_crowd> make_crowd(boost::asio::io_context& context,
                                        const idle_options& options) {
    const auto& where = options.about.where;
    return options.is_plain ? make_plain_crowd(context, where, {}, options.sessions, nullptr)
                            : make_session_crowd(context, where, options.sessions, nullptr);
}

/// What the process does while nobody asks it for anything.
void watch_idle(boost::asio::io_context& context, const idle_options& options, json_writer& out) {
    const auto server = options.about.server;
    const auto started = clock::now();
    const auto cpu = total(cpu_of(server));
    const auto switches = voluntary_switches(server);
    // What comes is read, and a stream that ends throws.
    context.restart();
    context.run_for(options.watch);
    const auto seconds = std::chrono::duration<double>(clock::now() - started).count();
    const std::chrono::duration<double, std::milli> used = total(cpu_of(server)) - cpu;
    out.key("idle_cpu_ms_per_second").number(used.count() / seconds);
    out.key("wakeups_per_second")
        .number(static_cast<double>(voluntary_switches(server) - switches) / seconds);
}

std::string run_idle(const idle_options& options) {
    const auto server = options.about.server;
    const auto before = server == 0 ? 0 : resident_bytes(server);
    boost::asio::io_context context{1};
    const auto crowd = make_crowd(context, options);
    const auto started = clock::now();
    crowd->open();
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
            watch_idle(context, options, out);
        }
    }
    const bool is_right = options.is_plain || crowd->call(options.sessions / 2);
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
