#include "bench/load/loads.hpp"
#include "bench/load/mcp_client.hpp"
#include "bench/load/process_usage.hpp"

#include "core/json_writer.hpp"

#include <CLI/CLI.hpp>

#include <stdexcept>
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
};

/// Opens sessions, as many at a time as there are lanes; each lane shares one connection for what
/// its sessions send.
class session_crowd {
public:
    explicit session_crowd(const idle_options& options) : options_(options) {}

    void open() {
        for (std::uint32_t i = 0; i < lanes; ++i) {
            open_next(std::make_shared<poster>(context_, options_.about.where.to));
        }
        while (opened_ < options_.sessions) {
            context_.run_one();
        }
    }

    /// False: the answer was wrong.
    bool call(std::size_t session) {
        bool answered = false;
        bool right = false;
        sessions_.at(session)->call({}, [&](verdict judged) {
            answered = true;
            right = judged == verdict::right;
        });
        while (!answered) {
            context_.run_one();
        }
        // A stream that was closed meanwhile throws here.
        context_.poll();
        return right;
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

    const idle_options& options_;
    boost::asio::io_context context_{1};
    std::vector<std::unique_ptr<mcp_client>> sessions_;
    std::uint32_t opened_ = 0;
};

std::string run_idle(const idle_options& options) {
    const auto before = resident_bytes(options.about.server);
    session_crowd crowd(options);
    const auto started = clock::now();
    crowd.open();
    const std::chrono::duration<double> opening = clock::now() - started;
    wait_until_quiet(options.about.server, longest_settling);
    const auto after = resident_bytes(options.about.server);
    const bool right = crowd.call(options.sessions / 2);

    std::string text;
    json_writer(text)
        .begin_object()
        .key("sessions")
        .number(options.sessions)
        .key("opening_seconds")
        .number(opening.count())
        .key("resident_bytes_before")
        .number(before)
        .key("resident_bytes_after")
        .number(after)
        .key("kib_per_session")
        .number((static_cast<double>(after) - static_cast<double>(before)) / 1024.0 /
                options.sessions)
        .key("wrong")
        .number(right ? 0 : 1)
        .end_object();
    return text;
}

} // namespace

load_run prepare_idle(CLI::App& command) {
    const auto options = std::make_shared<idle_options>();
    add_subject(command, options->about);
    command.add_option("--sessions", options->sessions)->check(CLI::PositiveNumber);
    return [options] {
        return run_idle(*options);
    };
}

} // namespace orch::bench
