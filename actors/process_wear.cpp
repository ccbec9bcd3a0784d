#include "actors/process_wear.hpp"

#include "core/byte_sizes.hpp"

#include <fmt/format.h>

#include <chrono>

namespace orch::actors {

void process_wear::born(monotonic_time now, std::uint64_t requests) noexcept {
    born_ = now;
    memory_read_ = now;
    requests_before_ = requests;
}

std::string process_wear::reason(monotonic_time now, std::uint64_t requests,
                                 const memory_reader& memory) {
    const auto served = requests - requests_before_;
    if (options_.process_calls_max > 0 && served >= options_.process_calls_max) {
        return fmt::format("it was sent {} calls", served);
    }
    const auto age = now - born_;
    if (options_.process_age_max.count() > 0 && age >= options_.process_age_max) {
        return fmt::format("it is {} s old",
                           std::chrono::duration_cast<std::chrono::seconds>(age).count());
    }
    if (options_.process_memory_max == 0 || now - memory_read_ < memory_interval) {
        return {};
    }
    memory_read_ = now;
    const auto bytes = memory();
    return bytes > options_.process_memory_max
               ? fmt::format("it takes {} MiB of memory", bytes / mib)
               : std::string{};
}

} // namespace orch::actors
