#include "bench/load/request_mix.hpp"

#include "core/byte_sizes.hpp"

namespace orch::bench {

const std::array<request_mix::row, request_mix::kinds>& request_mix::table() {
    static const std::array<row, kinds> rows{{
        {"echo", 69, {}},
        {"list", 15, {}},
        {"blob_4k", 10, {"blob", 0, 4 * kib}},
        {"blob_64k", 4, {"blob", 0, 64 * kib}},
        {"fail", 1, {"fail", 0}},
        {"reconnect", 1, {}},
    }};
    return rows;
}

request_mix::request_mix() {
    std::array<double, kinds> shares{};
    for (std::size_t i = 0; i < kinds; ++i) {
        shares[i] = table()[i].share;
    }
    choose_ = std::discrete_distribution<std::size_t>(shares.begin(), shares.end());
}

request_mix::kind request_mix::next() { return static_cast<kind>(choose_(random_)); }

} // namespace orch::bench
