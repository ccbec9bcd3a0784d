#include "bench/load/call_tally.hpp"
#include "bench/load/loads.hpp"
#include "bench/load/patience.hpp"
#include "bench/load/server_watch.hpp"
#include "bench/load/session_pool.hpp"

#include <CLI/CLI.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace orch::bench {

namespace {

using clock = std::chrono::steady_clock;

struct connect_options {
    subject about;
    wire kind = wire::sse;
    std::uint32_t sessions = 1000;
    std::uint32_t lanes = 16;
};

/// Each lane opens a session, calls once, leaves, and takes the next.
class storm {
public:
    explicit storm(const connect_options& options)
        : options_(options), sessions_(options.about.where, options.kind, options.sessions),
          watch_(options.about.server) {}

    std::string run() {
        watch_.begin();
        const auto started = clock::now();
        for (std::uint32_t i = 0; i < std::min(options_.lanes, options_.sessions); ++i) {
            open_next();
        }
        const auto is_over = [this] {
            tell_progress([this] { return fmt::format("{} sessions are done", done_); });
            return done_ == options_.sessions;
        };
        run_until(sessions_.context(), is_over, [this] { return done_; });
        const std::chrono::duration<double> took = clock::now() - started;
        watch_.end();
        std::string text;
        json_writer out(text);
        out.begin_object();
        out.key("sessions").number(done_);
        out.key("sessions_per_second").number(done_ / took.count());
        out.key("wrong").number(wrong_).key("failed").number(failed_);
        write_quantiles(out, latencies_);
        watch_.write(out, done_, "session");
        out.end_object();
        return text;
    }

private:
    void open_next() {
        if (next_ == options_.sessions) {
            return;
        }
        auto& client = sessions_.at(next_++);
        client.on_lost([this](const std::string&) {
            ++failed_;
            finish();
        });
        client.open([this, &client, started = clock::now()] {
            client.call({}, [this, &client, started](verdict judged) {
                latencies_.add(clock::now() - started);
                wrong_ += judged == verdict::wrong ? 1 : 0;
                failed_ += judged == verdict::failed ? 1 : 0;
                client.leave([this] { finish(); });
            });
        });
    }

    void finish() {
        ++done_;
        open_next();
    }

    const connect_options& options_;
    session_pool sessions_;
    server_watch watch_;
    latency_histogram latencies_;
    std::uint32_t next_ = 0;
    std::uint32_t done_ = 0;
    std::uint64_t wrong_ = 0;
    std::uint64_t failed_ = 0;
};

} // namespace

load_run prepare_connect(CLI::App& command) {
    const auto options = std::make_shared<connect_options>();
    add_subject(command, options->about);
    add_wire(command, options->kind);
    command.add_option("--sessions", options->sessions)->check(CLI::PositiveNumber);
    command.add_option("--lanes", options->lanes, "Sessions at a time")->check(CLI::Range(1, 1000));
    return [options] {
        return storm(*options).run();
    };
}

} // namespace orch::bench
