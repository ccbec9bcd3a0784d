#include "bench/load/call_tally.hpp"
#include "bench/load/loads.hpp"
#include "bench/load/open_loop.hpp"
#include "bench/load/request_mix.hpp"
#include "bench/load/server_watch.hpp"

#include <CLI/CLI.hpp>

#include <array>

namespace orch::bench {

namespace {

using namespace std::chrono_literals;
using clock = std::chrono::steady_clock;

constexpr auto warm_up = 500ms;

struct mixed_options {
    subject about;
    wire kind = wire::sse;
    std::uint32_t sessions = 64;
    double rate = 500;
    std::chrono::milliseconds duration{10'000};
};

class mixed_run {
public:
    explicit mixed_run(const mixed_options& options)
        : options_(options), sessions_(options.about.where, options.kind, options.sessions),
          watch_(options.about.server),
          loop_(sessions_,
                [this](std::uint32_t session, clock::time_point due) { send(session, due); }) {
        sessions_.prepare([this](mcp_client& client) {
            client.on_foreign([this](std::string_view) { all_.add_foreign(); });
        });
    }

    std::string run() {
        sessions_.open();
        watch_.begin();
        const auto started = clock::now();
        all_.start(started, warm_up);
        for (auto& kind : by_kind_) {
            kind.start(started, warm_up);
        }
        loop_.run(options_.rate, warm_up + options_.duration);
        all_.stop(clock::now());
        watch_.end();
        return text();
    }

private:
    [[nodiscard]] std::string text() const {
        std::string text;
        json_writer out(text);
        out.begin_object();
        all_.write(out);
        loop_.write(out);
        out.key("reconnects").number(by_kind_[request_mix::reconnect].calls());
        watch_.write(out, all_.calls());
        out.key("kinds").begin_object();
        for (std::size_t i = 0; i < request_mix::kinds; ++i) {
            out.key(request_mix::table()[i].name).begin_object();
            out.key("calls").number(by_kind_[i].calls());
            write_quantiles(out, by_kind_[i].latencies());
            out.end_object();
        }
        out.end_object().end_object();
        return text;
    }

    void send(std::uint32_t session, clock::time_point due) {
        const auto kind = mix_.next();
        if (kind == request_mix::reconnect) {
            reconnect(session, due);
            return;
        }
        const auto judge = [this, session, due, kind](verdict judged) {
            const auto size = sessions_.at(session).answer_bytes();
            all_.add(judged, size, due);
            by_kind_[kind].add(judged, size, due);
            loop_.release(session);
        };
        if (kind == request_mix::list) {
            sessions_.at(session).list_tools(judge);
        } else {
            sessions_.at(session).call(request_mix::table()[kind].shape, judge);
        }
    }

    void reconnect(std::uint32_t session, clock::time_point due) {
        sessions_.at(session).leave([this, session, due] {
            sessions_.renew(session).open([this, session, due] {
                by_kind_[request_mix::reconnect].add(verdict::right, 0, due);
                loop_.release(session);
            });
        });
    }

    const mixed_options& options_;
    session_pool sessions_;
    server_watch watch_;
    call_tally all_;
    std::array<call_tally, request_mix::kinds> by_kind_;
    request_mix mix_;
    open_loop loop_;
};

} // namespace

load_run prepare_mixed(CLI::App& command) {
    const auto options = std::make_shared<mixed_options>();
    add_subject(command, options->about);
    add_wire(command, options->kind);
    command.add_option("--sessions", options->sessions)->check(CLI::PositiveNumber);
    command.add_option("--rate", options->rate, "Calls and reconnects per second")
        ->check(CLI::Range(0.1, 1e6));
    add_milliseconds(command, "--milliseconds", options->duration, "After half a second");
    return [options] {
        return mixed_run(*options).run();
    };
}

} // namespace orch::bench
