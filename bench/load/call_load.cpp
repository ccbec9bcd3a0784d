#include "bench/load/call_options.hpp"
#include "bench/load/call_tally.hpp"
#include "bench/load/loads.hpp"
#include "bench/load/open_loop.hpp"
#include "bench/load/patience.hpp"
#include "bench/load/server_watch.hpp"

#include <CLI/CLI.hpp>

#include <fmt/format.h>

#include <optional>

namespace orch::bench {

namespace {

using clock = std::chrono::steady_clock;

struct call_options {
    subject about;
    wire kind = wire::sse;
    call_shape shape;
    std::uint32_t sessions = 1;
    /// Latencies count after this time, wrong answers and CPU from the start.
    std::chrono::milliseconds warm_up{500};
    std::chrono::milliseconds duration{4000};
    /// Of an open loop, in calls per second.
    std::optional<double> rate;
};

class call_run {
public:
    explicit call_run(const call_options& options)
        : options_(options), sessions_(options.about.where, options.kind, options.sessions),
          watch_(options.about.server) {
        sessions_.prepare([this](mcp_client& client) {
            client.on_foreign([this](std::string_view) { tally_.add_foreign(); });
        });
    }

    std::string run() {
        sessions_.open();
        watch_.begin();
        tally_.start(clock::now(), options_.warm_up);
        std::string text;
        json_writer out(text);
        out.begin_object();
        if (options_.rate) {
            run_open(out);
        } else {
            run_closed();
        }
        tally_.stop(clock::now());
        watch_.end();
        tally_.write(out);
        watch_.write(out, tally_.calls());
        out.end_object();
        return text;
    }

private:
    void run_closed() {
        ends_ = clock::now() + options_.warm_up + options_.duration;
        for (std::uint32_t i = 0; i < sessions_.size(); ++i) {
            call_on_and_on(sessions_.at(i));
        }
        const auto is_over = [this] {
            tell_progress([this] { return fmt::format("{} calls", tally_.calls()); });
            return open_calls_ == 0;
        };
        run_until(sessions_.context(), is_over, [this] { return tally_.calls(); });
    }

    void call_on_and_on(mcp_client& client) {
        ++open_calls_;
        client.call(options_.shape, [this, &client, sent = clock::now()](verdict judged) {
            --open_calls_;
            tally_.add(judged, client.answer_bytes(), sent);
            if (clock::now() < ends_) {
                call_on_and_on(client);
            }
        });
    }

    void run_open(json_writer& out) {
        std::optional<open_loop> loop;
        loop.emplace(sessions_, [&](std::uint32_t session, clock::time_point due) {
            sessions_.at(session).call(options_.shape, [&, session, due](verdict judged) {
                tally_.add(judged, sessions_.at(session).answer_bytes(), due);
                loop->release(session);
            });
        });
        loop->run(*options_.rate, options_.warm_up + options_.duration);
        loop->write(out);
    }

    const call_options& options_;
    session_pool sessions_;
    server_watch watch_;
    call_tally tally_;
    clock::time_point ends_;
    std::uint64_t open_calls_ = 0;
};

} // namespace

load_run prepare_calls(CLI::App& command) {
    const auto options = std::make_shared<call_options>();
    add_subject(command, options->about);
    add_wire(command, options->kind);
    command.add_option("--sessions", options->sessions)->check(CLI::PositiveNumber);
    add_milliseconds(command, "--milliseconds", options->duration, "After the warm-up");
    add_milliseconds(command, "--warm-up", options->warm_up, "Without latencies");
    add_call_shape(command, options->shape);
    command.add_option("--rate", options->rate, "Calls per second, in an open loop")
        ->check(CLI::Range(0.1, 1e6));
    return [options] {
        return call_run(*options).run();
    };
}

} // namespace orch::bench
