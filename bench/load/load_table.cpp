#include "bench/load/loads.hpp"

namespace orch::bench {

namespace {

constexpr load loads[] = {
    {"calls", "Tool calls.", prepare_calls},
    {"idle", "Idle SSE sessions.", prepare_idle},
    {"get", "One GET, repeated.", prepare_get},
};

} // namespace

std::span<const load> load_table() { return loads; }

} // namespace orch::bench
