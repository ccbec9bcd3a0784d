#include "bench/load/loads.hpp"

namespace orch::bench {

namespace {

constexpr load loads[] = {
    {"calls", "Tool calls.", prepare_calls},
    {"connect", "Sessions that open, call once and leave.", prepare_connect},
    {"idle", "Idle SSE sessions.", prepare_idle},
    {"mixed", "An open loop of what real clients do: calls, lists, failures, reconnects.",
     prepare_mixed},
    {"collide", "Sessions with the same ids and progress tokens.", prepare_collide},
    {"pipe", "A stdio server on its pipe.", prepare_pipe},
    {"get", "One GET, repeated.", prepare_get},
    {"fan-out", "Events to many streams.", prepare_fan_out},
    {"recover", "The server is killed.", prepare_recover},
    {"vanish", "Half of the clients break off.", prepare_vanish},
    {"slow", "Some clients do not read.", prepare_slow},
};

} // namespace

std::span<const load> load_table() { return loads; }

} // namespace orch::bench
