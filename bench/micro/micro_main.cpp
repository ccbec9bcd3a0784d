#include "bench/micro/allocations.hpp"
#include "bench/micro/round_trip.hpp"
#include "bench/micro/step.hpp"
#include "tests/support/temporary_directory.hpp"

#include <benchmark/benchmark.h>

// Times of the single steps of a call, and what they allocate: for looking closer, since times are
// noisy. What guards against getting slower counts instructions, see instructions_main.cpp.

namespace {

using orch::bench::step_kind;

void repeat(benchmark::State& state, const step_kind& kind) {
    const auto run = kind.make(static_cast<std::size_t>(state.range(0)));
    const auto before = orch::bench::allocations_so_far();
    for (auto _ : state) {
        const auto made = run();
        if (made == 0) {
            state.SkipWithError("the step failed");
            break;
        }
        benchmark::DoNotOptimize(made);
    }
    const auto after = orch::bench::allocations_so_far();
    const auto per_run = [](std::uint64_t all) {
        return benchmark::Counter(static_cast<double>(all), benchmark::Counter::kAvgIterations);
    };
    state.counters["allocations"] = per_run(after.count - before.count);
    state.counters["allocated"] = per_run(after.bytes - before.bytes);
}

void add(const std::vector<step_kind>& kinds) {
    for (const auto& kind : kinds) {
        auto* const added = benchmark::RegisterBenchmark(
            kind.name.c_str(), [kind](benchmark::State& state) { repeat(state, kind); });
        for (const auto size : kind.sizes) {
            added->Arg(static_cast<std::int64_t>(size));
        }
    }
}

step_kind actor_round_trip() {
    return {"actor_round_trip", {300, 65'536}, [](std::size_t bytes) -> orch::bench::step {
                const auto trip = std::make_shared<orch::bench::round_trip>(bytes);
                return [trip] {
                    return trip->run();
                };
            }};
}

} // namespace

int main(int argc, char** argv) {
    const orch::test::temporary_directory directory;
    add(orch::bench::routing_steps());
    add(orch::bench::catalogue_steps());
    add(orch::bench::spool_steps(directory.path()));
    add(orch::bench::other_steps());
    add({actor_round_trip()});
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) {
        return 1;
    }
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
