#include "bench/load/call_tally.hpp"
#include "bench/load/loads.hpp"
#include "bench/load/open_loop.hpp"
#include "bench/load/server_watch.hpp"

#include "core/byte_sizes.hpp"

#include <CLI/CLI.hpp>

#include <array>
#include <random>

namespace orch::bench {

namespace {

using namespace std::chrono_literals;
using clock = std::chrono::steady_clock;

constexpr auto warm_up = 500ms;
/// One session in a hundred leaves each second, and another one takes its place.
constexpr std::chrono::nanoseconds longest_life = 100s;

struct mixed_options {
    subject about;
    wire kind = wire::sse;
    std::uint32_t sessions = 64;
    double rate = 500;
    std::chrono::milliseconds duration{10'000};
};

enum : std::size_t { echo, list, small_blob, large_blob, fail, kinds };

struct kind_of_call {
    const char* name;
    double share;
    call_shape shape;
};

const std::array<kind_of_call, kinds>& all_kinds() {
    static const std::array<kind_of_call, kinds> table{{
        {"echo", 70, {}},
        {"list", 15, {}},
        {"blob_4k", 10, {"blob", 0, 4 * kib}},
        {"blob_64k", 4, {"blob", 0, 64 * kib}},
        {"fail", 1, {"fail", 0}},
    }};
    return table;
}

class mixed_run {
public:
    explicit mixed_run(const mixed_options& options)
        : options_(options), sessions_(options.about.where, options.kind, options.sessions),
          watch_(options.about.server),
          loop_(sessions_,
                [this](std::uint32_t session, clock::time_point due) { send(session, due); }),
          departures_(sessions_.context()) {
        sessions_.prepare([this](mcp_client& client) {
            client.on_foreign([this](std::string_view) { all_.add_foreign(); });
        });
        std::array<double, kinds> shares{};
        for (std::size_t i = 0; i < kinds; ++i) {
            shares[i] = all_kinds()[i].share;
        }
        choose_ = std::discrete_distribution<std::size_t>(shares.begin(), shares.end());
    }

    std::string run() {
        sessions_.open();
        watch_.begin();
        const auto started = clock::now();
        all_.start(started, warm_up);
        for (auto& kind : by_kind_) {
            kind.start(started, warm_up);
        }
        replace_one_by_one();
        loop_.run(options_.rate, warm_up + options_.duration);
        departures_.cancel();
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
        out.key("reconnects").number(reconnects_);
        watch_.write(out, all_.calls());
        out.key("kinds").begin_object();
        for (std::size_t i = 0; i < kinds; ++i) {
            out.key(all_kinds()[i].name).begin_object();
            out.key("calls").number(by_kind_[i].calls());
            write_quantiles(out, by_kind_[i].latencies());
            out.end_object();
        }
        out.end_object().end_object();
        return text;
    }

    void send(std::uint32_t session, clock::time_point due) {
        const auto kind = choose_(random_);
        const auto judge = [this, session, due, kind](verdict judged) {
            const auto size = sessions_.at(session).answer_bytes();
            all_.add(judged, size, due);
            by_kind_[kind].add(judged, size, due);
            loop_.release(session);
        };
        if (kind == list) {
            sessions_.at(session).list_tools(judge);
        } else {
            sessions_.at(session).call(all_kinds()[kind].shape, judge);
        }
    }

    void replace_one_by_one() {
        departures_.expires_after(longest_life / sessions_.size());
        departures_.async_wait([this](boost::system::error_code cancelled) {
            std::uint32_t session = 0;
            if (cancelled) {
                return;
            }
            if (loop_.withdraw(session)) {
                sessions_.at(session).leave([this, session] {
                    sessions_.renew(session).open([this, session] {
                        ++reconnects_;
                        loop_.release(session);
                    });
                });
            }
            replace_one_by_one();
        });
    }

    const mixed_options& options_;
    session_pool sessions_;
    server_watch watch_;
    call_tally all_;
    std::array<call_tally, kinds> by_kind_;
    open_loop loop_;
    boost::asio::steady_timer departures_;
    /// The same sequence in each run.
    std::mt19937 random_{7}; // NOLINT(bugprone-random-generator-seed): runs must be alike
    std::discrete_distribution<std::size_t> choose_;
    std::uint64_t reconnects_ = 0;
};

} // namespace

load_run prepare_mixed(CLI::App& command) {
    const auto options = std::make_shared<mixed_options>();
    add_subject(command, options->about);
    add_wire(command, options->kind);
    command.add_option("--sessions", options->sessions)->check(CLI::PositiveNumber);
    command.add_option("--rate", options->rate, "Calls per second")->check(CLI::Range(0.1, 1e6));
    add_milliseconds(command, "--milliseconds", options->duration, "After half a second");
    return [options] {
        return mixed_run(*options).run();
    };
}

} // namespace orch::bench
