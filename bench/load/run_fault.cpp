#include "bench/load/run_fault.hpp"

#include <fmt/format.h>

namespace orch::bench {

void write_fault(json_writer& out, const std::string& fault) {
    if (!fault.empty()) {
        out.key("error").string(fault);
    }
}

std::string fault_of_schedule(std::uint64_t unsent, std::uint64_t scheduled) {
    return unsent == 0 ? std::string{}
                       : fmt::format("{} of {} calls were never sent: no session was free in time",
                                     unsent, scheduled);
}

std::string fault_of_slow_readers(std::uint64_t slow, std::uint64_t cut_off,
                                  std::uint64_t calls_of_others) {
    if (cut_off == 0) {
        return fmt::format("none of {} clients that read nothing was cut off", slow);
    }
    return calls_of_others == 0 ? "no client was answered beside those that read nothing" : "";
}

std::string fault_of_descriptors(const descriptor_counts& open) {
    return open.after + open.vanished <= open.before
               ? std::string{}
               : fmt::format("{} descriptors are open after {} of {} should have gone", open.after,
                             open.vanished, open.before);
}

} // namespace orch::bench
