#pragma once

#include "core/json_writer.hpp"

#include <cstddef>
#include <cstdint>
#include <string>

namespace orch::bench {

// What a load says of its own run when it came to its end and yet went wrong: a sentence, empty
// when all went well. Pure.

/// Writes `error`, unless there is none. The runner takes what it says for a failure, and the other
/// figures of the run for none.
void write_fault(json_writer& out, const std::string& fault);

/// An open loop keeps its schedule, or its latencies lack the calls that would have had the
/// longest.
[[nodiscard]] std::string fault_of_schedule(std::uint64_t unsent, std::uint64_t scheduled);

/// A reader that does not read is cut off, and others are served meanwhile.
[[nodiscard]] std::string fault_of_slow_readers(std::uint64_t slow, std::uint64_t cut_off,
                                                std::uint64_t calls_of_others);

/// Descriptors of a gateway whose clients vanished.
struct descriptor_counts {
    std::uint64_t before;
    std::uint64_t vanished; ///< connections of the clients that are gone
    std::uint64_t after;
};
/// It gives back what they had.
[[nodiscard]] std::string fault_of_descriptors(const descriptor_counts& open);

} // namespace orch::bench
