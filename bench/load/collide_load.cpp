#include "bench/load/loads.hpp"
#include "bench/load/patience.hpp"
#include "bench/load/session_pool.hpp"

#include "core/json_writer.hpp"

#include <boost/asio/steady_timer.hpp>

#include <CLI/CLI.hpp>

#include <fmt/format.h>

#include <vector>

namespace orch::bench {

namespace {

using namespace std::chrono_literals;
using clock = std::chrono::steady_clock;

/// So many notifications the tool `progress` sends before it answers.
constexpr std::uint64_t notices_per_call = 3;
/// An answer that is not there by then is lost.
constexpr auto longest_wait = 10s;

struct collide_options {
    subject about;
    wire kind = wire::sse;
    std::uint32_t sessions = 16;
    std::chrono::milliseconds duration{4000};
};

/// Sessions that all count their ids, and so their progress tokens, from one. Only the nonce tells
/// whose a message is.
class collision {
public:
    explicit collision(const collide_options& options)
        : options_(options),
          sessions_(options.about.where, options.kind, options.sessions, session_pool::ids::same),
          last_nonces_(options.sessions), timer_(sessions_.context()) {
        for (std::uint32_t i = 0; i < sessions_.size(); ++i) {
            sessions_.at(i).on_foreign([this](std::string_view) { ++wrong_; });
            sessions_.at(i).on_notice([this, i](std::string_view message) { notice(i, message); });
        }
    }

    std::string run() {
        sessions_.open();
        ends_ = clock::now() + options_.duration;
        bool is_over = false;
        timer_.expires_at(ends_ + longest_wait);
        timer_.async_wait([&is_over](boost::system::error_code) { is_over = true; });
        for (std::uint32_t i = 0; i < sessions_.size(); ++i) {
            call_on_and_on(i);
        }
        run_until(
            sessions_.context(),
            [&] {
                tell_progress([this] { return fmt::format("{} calls", calls_); });
                return open_calls_ == 0 || is_over;
            },
            [this] { return calls_; });
        std::string text;
        json_writer out(text);
        out.begin_object();
        out.key("calls").number(calls_).key("wrong").number(wrong_).key("failed").number(failed_);
        out.key("lost").number(open_calls_);
        out.key("progress").number(progress_);
        out.key("progress_to_strangers").number(strange_progress_);
        const auto expected = (calls_ - failed_) * notices_per_call;
        out.key("progress_lost").number(expected > progress_ ? expected - progress_ : 0);
        out.end_object();
        return text;
    }

private:
    void call_on_and_on(std::uint32_t session) {
        ++open_calls_;
        auto& client = sessions_.at(session);
        last_nonces_[session] = client.nonce();
        client.call({"progress", 0}, [this, session](verdict judged) {
            --open_calls_;
            ++calls_;
            wrong_ += judged == verdict::wrong ? 1 : 0;
            failed_ += judged == verdict::failed ? 1 : 0;
            if (clock::now() < ends_) {
                call_on_and_on(session);
            }
        });
    }

    void notice(std::uint32_t session, std::string_view message) {
        if (message.find("notifications/progress") == std::string_view::npos) {
            return;
        }
        const auto& last = last_nonces_[session];
        // One that comes behind its answer is late, but not a stranger's.
        const bool is_own = message.find(sessions_.at(session).nonce()) != std::string_view::npos ||
                            (!last.empty() && message.find(last) != std::string_view::npos);
        ++(is_own ? progress_ : strange_progress_);
    }

    const collide_options& options_;
    session_pool sessions_;
    std::vector<std::string> last_nonces_;
    boost::asio::steady_timer timer_;
    clock::time_point ends_;
    std::uint64_t open_calls_ = 0;
    std::uint64_t calls_ = 0;
    std::uint64_t wrong_ = 0;
    std::uint64_t failed_ = 0;
    std::uint64_t progress_ = 0;
    std::uint64_t strange_progress_ = 0;
};

} // namespace

load_run prepare_collide(CLI::App& command) {
    const auto options = std::make_shared<collide_options>();
    add_subject(command, options->about);
    add_wire(command, options->kind);
    command.add_option("--sessions", options->sessions)->check(CLI::PositiveNumber);
    add_milliseconds(command, "--milliseconds", options->duration, "How long it calls");
    return [options] {
        return collision(*options).run();
    };
}

} // namespace orch::bench
