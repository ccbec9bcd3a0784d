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

} // namespace orch::bench
