#include "bench/load/patience.hpp"

#include <chrono>
#include <stdexcept>
#include <string>

namespace orch::bench {

namespace {

using namespace std::chrono_literals;
using clock = std::chrono::steady_clock;

constexpr auto patience = 60s;

} // namespace

void run_until(boost::asio::io_context& context, const std::function<bool()>& is_done,
               const std::function<std::uint64_t()>& progress) {
    auto last = progress();
    auto since = clock::now();
    while (!is_done()) {
        context.restart();
        context.run_one_for(1s);
        const auto now = clock::now();
        const auto reached = progress();
        if (reached != last) {
            last = reached;
            since = now;
        } else if (now - since > patience) {
            throw std::runtime_error("no answer for a minute, after " + std::to_string(reached) +
                                     " that came");
        }
    }
}

} // namespace orch::bench
