#pragma once

#include "bench/load/mcp_client.hpp"

#include <array>
#include <cstddef>
#include <random>

namespace orch::bench {

/// What clients do in real use, drawn by shares, and the same sequence in each run. Pure.
class request_mix {
public:
    enum kind : std::size_t { echo, list, small_blob, large_blob, fail, reconnect, kinds };

    struct row {
        const char* name;
        /// In a hundred.
        double share;
        /// Of those that call a tool.
        call_shape shape;
    };

    [[nodiscard]] static const std::array<row, kinds>& table();

    request_mix();
    [[nodiscard]] kind next();

private:
    std::mt19937 random_{7}; // NOLINT(bugprone-random-generator-seed): runs must be alike
    std::discrete_distribution<std::size_t> choose_;
};

} // namespace orch::bench
