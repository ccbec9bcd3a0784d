#include "bench/micro/step.hpp"
#include "tests/support/temporary_directory.hpp"

#include <fmt/format.h>
#include <gnu/libc-version.h>
#include <libdeflate.h>
#include <simdjson.h>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <stdexcept>

// Runs each step a fixed number of times for callgrind, which counts inside of `counted_steps` and
// writes its counts at every return of it. What it prints tells which step each count is of, and
// what else decides about counts.

/// The name that `--toggle-collect` and `--dump-after` know, so it is one of C.
extern "C" [[gnu::noinline]] std::size_t counted_steps(const orch::bench::step& run,
                                                       std::size_t iterations) {
    std::size_t made = 0;
    for (std::size_t i = 0; i < iterations; ++i) {
        made += run();
    }
    return made;
}

namespace orch::bench {

namespace {

constexpr std::size_t warm_ups = 3;
constexpr std::size_t iterations = 40;

void count(const step_kind& kind, std::size_t size, std::string& names) {
    const auto name = fmt::format("{}/{}", kind.name, size);
    const auto run = kind.make(size);
    for (std::size_t i = 0; i < warm_ups; ++i) {
        if (run() == 0) {
            throw std::runtime_error{name + " failed"};
        }
    }
    if (counted_steps(run, iterations) == 0) {
        throw std::runtime_error{name + " failed"};
    }
    names += fmt::format("{}\"{}\"", names.empty() ? "" : ",", name);
}

/// What the library picks its code by.
std::string processor() {
    std::string features;
    const auto add = [&](const char* name, bool present) {
        features += present ? fmt::format("{}{}", features.empty() ? "" : " ", name) : "";
    };
    __builtin_cpu_init();
    add("sse4.2", __builtin_cpu_supports("sse4.2") != 0);
    add("pclmul", __builtin_cpu_supports("pclmul") != 0);
    add("avx", __builtin_cpu_supports("avx") != 0);
    add("avx2", __builtin_cpu_supports("avx2") != 0);
    add("bmi2", __builtin_cpu_supports("bmi2") != 0);
    return features;
}

void run() {
    const test::temporary_directory directory;
    std::string names;
    for (const auto& kinds : {routing_steps(), catalogue_steps(), spool_steps(directory.path())}) {
        for (const auto& kind : kinds) {
            for (const auto size : kind.sizes) {
                count(kind, size, names);
            }
        }
    }
    fmt::print(R"({{"iterations":{},"steps":[{}],"made_with":{{"compiler":"g++ {}","libc":"{}",)"
               R"("simdjson":"{}.{}.{} {}","libdeflate":"{}","processor":"{}"}}}})"
               "\n",
               iterations, names, __VERSION__, ::gnu_get_libc_version(),
               simdjson::SIMDJSON_VERSION_MAJOR, simdjson::SIMDJSON_VERSION_MINOR,
               simdjson::SIMDJSON_VERSION_REVISION, simdjson::get_active_implementation()->name(),
               LIBDEFLATE_VERSION_STRING, processor());
}

} // namespace

} // namespace orch::bench

int main() {
    try {
        orch::bench::run();
        return EXIT_SUCCESS;
    } catch (const std::exception& fault) {
        std::fprintf(stderr, "bench-instructions: %s\n", fault.what());
        return EXIT_FAILURE;
    }
}
