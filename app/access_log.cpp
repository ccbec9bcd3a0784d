#include "app/access_log.hpp"

#include "core/byte_sizes.hpp"
#include "core/log.hpp"

#include <fmt/compile.h>

namespace orch::app {

namespace {

/// A burst beyond this is written at once.
constexpr std::size_t lines_bytes_max = 64 * kib;
/// A write of a few lines costs a busy unit as much as a whole call.
constexpr std::chrono::milliseconds gathering_time{50};

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

access_log::~access_log() {
    for (const auto& gathered : buffers_) {
        flush(*gathered);
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
        } else if (!gathered.flush_is_due) {
            gathered.flush_is_due = true;
            unit.after(gathering_time, [this, &gathered] {
                gathered.flush_is_due = false;
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
