#pragma once

#include "actors/bridge/coordinator.hpp"
#include "net/message.hpp"

#include <memory>
#include <string>
#include <vector>

namespace orch::app {

/// One line per HTTP request: method, route, status, duration, principal; no query, no secrets.
/// The lines of 50 ms of an I/O unit leave in one write. `write` is called on a unit's thread.
class access_log {
public:
    explicit access_log(actors::bridge::coordinator& units);
    /// Writes what is left, when no unit runs any more.
    ~access_log();

    void write(const net::access_entry& entry);

private:
    struct buffer {
        std::string lines;
        bool flush_is_due = false;
    };

    void flush(buffer& gathered);

    actors::bridge::coordinator& units_;
    /// By index of the unit; each is touched only on its unit.
    std::vector<std::unique_ptr<buffer>> buffers_;
};

} // namespace orch::app
