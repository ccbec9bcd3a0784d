#include "bench/load/latency_histogram.hpp"
#include "bench/load/loads.hpp"
#include "bench/load/mcp_client.hpp"
#include "bench/load/process_usage.hpp"

#include "core/json_writer.hpp"

#include <CLI/CLI.hpp>

#include <vector>

namespace orch::bench {

namespace {

using namespace std::chrono_literals;
using clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds longest_drain = 60s;

double microseconds(std::chrono::nanoseconds time) {
    return std::chrono::duration<double, std::micro>(time).count();
}

struct call_options {
    subject about;
    wire kind = wire::sse;
    call_shape shape;
    std::uint32_t sessions = 1;
    /// Latencies count after this time, wrong answers and CPU from the start.
    std::chrono::milliseconds warm_up{500};
    std::chrono::milliseconds duration{4000};
};

class closed_loop {
public:
    explicit closed_loop(const call_options& options) : options_(options) {
        for (std::uint32_t i = 0; i < options_.sessions; ++i) {
            clients_.push_back(make_client(i));
        }
    }

    void open() {
        std::size_t opened = 0;
        for (const auto& client : clients_) {
            client->open([&opened] { ++opened; });
        }
        while (opened < clients_.size()) {
            context_.run_one();
        }
    }

    void run() {
        started_ = clock::now();
        for (const auto& client : clients_) {
            call(*client);
        }
        while (open_calls_ > 0) {
            context_.run_one();
        }
        seconds_ = std::chrono::duration<double>(clock::now() - started_).count();
    }

    void write(json_writer& out) const {
        out.key("calls").number(calls_).key("wrong").number(wrong_).key("failed").number(failed_);
        out.key("calls_per_second").number(static_cast<double>(calls_) / seconds_);
        out.key("p50_us").number(microseconds(latencies_.quantile(0.5)));
        out.key("p99_us").number(microseconds(latencies_.quantile(0.99)));
        out.key("max_us").number(microseconds(latencies_.max()));
    }

    [[nodiscard]] std::uint64_t calls() const noexcept { return calls_; }

private:
    std::unique_ptr<mcp_client> make_client(std::uint32_t number) {
        return options_.kind == wire::streamable
                   ? make_streamable_client(context_, options_.about.where, number)
                   : make_sse_client(context_, options_.about.where, number,
                                     std::make_shared<poster>(context_, options_.about.where.to));
    }

    void call(mcp_client& client) {
        ++open_calls_;
        client.call(options_.shape, [this, &client, sent = clock::now()](verdict judged) {
            const auto now = clock::now();
            --open_calls_;
            ++calls_;
            wrong_ += judged == verdict::wrong ? 1 : 0;
            failed_ += judged == verdict::failed ? 1 : 0;
            if (now - started_ >= options_.warm_up) {
                latencies_.add(now - sent);
            }
            if (now - started_ < options_.warm_up + options_.duration) {
                call(client);
            }
        });
    }

    const call_options& options_;
    boost::asio::io_context context_{1};
    std::vector<std::unique_ptr<mcp_client>> clients_;
    latency_histogram latencies_;
    clock::time_point started_;
    double seconds_ = 0;
    std::uint64_t open_calls_ = 0;
    std::uint64_t calls_ = 0;
    std::uint64_t wrong_ = 0;
    std::uint64_t failed_ = 0;
};

std::string run_calls(const call_options& options) {
    closed_loop loop(options);
    loop.open();
    wait_until_quiet(options.about.server, longest_drain);
    const auto before = cpu_of(options.about.server);
    loop.run();
    const auto answered = clock::now();
    const bool quiet = wait_until_quiet(options.about.server, longest_drain);
    const auto drained = clock::now() - answered;
    const auto used = difference(before, cpu_of(options.about.server));

    std::string text;
    json_writer out(text);
    out.begin_object();
    loop.write(out);
    const auto per_call = [&](std::chrono::nanoseconds time) {
        return microseconds(time) / static_cast<double>(loop.calls());
    };
    out.key("cpu_us_per_call").number(per_call(total(used)));
    out.key("drain_seconds").number(std::chrono::duration<double>(drained).count());
    out.key("drained").boolean(quiet);
    out.key("resident_bytes").number(resident_bytes(options.about.server));
    out.key("cpu_us_per_call_by_thread").begin_object();
    for (const auto& [thread, time] : used) {
        out.key(thread).number(per_call(time));
    }
    out.end_object().end_object();
    return text;
}

} // namespace

load_run prepare_calls(CLI::App& command) {
    const auto options = std::make_shared<call_options>();
    add_subject(command, options->about);
    add_wire(command, options->kind);
    command.add_option("--sessions", options->sessions)->check(CLI::PositiveNumber);
    add_milliseconds(command, "--milliseconds", options->duration, "After the warm-up");
    add_milliseconds(command, "--warm-up", options->warm_up, "Without latencies");
    command.add_option("--payload", options->shape.payload_bytes);
    return [options] {
        return run_calls(*options);
    };
}

} // namespace orch::bench
