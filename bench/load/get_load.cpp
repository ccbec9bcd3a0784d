#include "bench/load/call_tally.hpp"
#include "bench/load/loads.hpp"
#include "bench/load/patience.hpp"
#include "bench/load/poster.hpp"

#include <CLI/CLI.hpp>

#include <stdexcept>

namespace orch::bench {

namespace {

struct get_options {
    subject about;
    std::uint32_t requests = 1000;
};

std::string run_gets(const get_options& options) {
    using clock = std::chrono::steady_clock;
    boost::asio::io_context context{1};
    poster connection(context, options.about.where.to);
    latency_histogram latencies;
    std::size_t body_bytes = 0;
    for (std::uint32_t i = 0; i < options.requests; ++i) {
        bool answered = false;
        const auto sent = clock::now();
        connection.send(http_request(options.about.where.to, "GET", options.about.where.path, ""),
                        [&](const answer& got) {
                            if (got.status != 200) {
                                throw std::runtime_error("refused: " + got.body);
                            }
                            latencies.add(clock::now() - sent);
                            body_bytes = got.body.size();
                            answered = true;
                        });
        const auto is_over = [&answered] {
            return answered;
        };
        run_until(context, is_over, [] { return 0; });
    }
    std::string text;
    json_writer out(text);
    out.begin_object();
    out.key("requests").number(latencies.count()).key("body_bytes").number(body_bytes);
    write_quantiles(out, latencies);
    out.end_object();
    return text;
}

} // namespace

load_run prepare_get(CLI::App& command) {
    const auto options = std::make_shared<get_options>();
    add_subject(command, options->about);
    command.add_option("--requests", options->requests)->check(CLI::PositiveNumber);
    return [options] {
        return run_gets(*options);
    };
}

} // namespace orch::bench
