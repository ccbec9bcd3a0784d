#include "app/access_log.hpp"

#include "core/byte_sizes.hpp"
#include "core/log.hpp"

#include <fmt/compile.h>

namespace orch::app {

namespace {

/// A burst beyond this is written at once.
constexpr std::size_t lines_bytes_max = 64 * kib;

std::string message_of(const net::access_entry& entry) {
    return fmt::format(FMT_COMPILE("{} {} {} {}us principal={} peer={} bytes={}"), entry.method,
                       entry.route.empty() ? "(no route)" : entry.route, entry.status,
                       entry.duration.count(), entry.principal.empty() ? "-" : entry.principal,
                       entry.client_address, entry.response_bytes);
}

} // namespace

access_log::access_log(actors::bridge::coordinator& units) : units_(units) {
    for (std::size_t i = 0; i < units.unit_count(); ++i) {
        buffers_.push_back(std::make_unique<buffer>());
    }
}

void access_log::write(const net::access_entry& entry) {
    if (!log::enabled(log::level::info)) {
        return;
    }
    for (std::size_t i = 0; i < buffers_.size(); ++i) {
        auto& unit = units_.unit(i);
        if (!unit.here()) {
            continue;
        }
        auto& gathered = *buffers_[i];
        gathered.lines += log::line_of(log::level::info, "http", message_of(entry));
        if (gathered.lines.size() >= lines_bytes_max) {
            flush(gathered);
        } else if (!gathered.flush_posted) {
            gathered.flush_posted = true;
            boost::asio::post(unit.context(), [this, &gathered] {
                gathered.flush_posted = false;
                flush(gathered);
            });
        }
        return;
    }
}

void access_log::flush(buffer& gathered) {
    if (!gathered.lines.empty()) {
        log::write_lines(gathered.lines);
        gathered.lines.clear();
    }
}

} // namespace orch::app
