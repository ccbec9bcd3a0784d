#pragma once

#include "core/ids.hpp"
#include "core/model/observation.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <unordered_map>
#include <vector>

namespace orch::actors {

/// Lines of servers on their way to the database, in the order of their ids: a line that comes
/// after a newer one, from another I/O unit, gets an id behind it. What is too much makes room at
/// the old end and is counted, and the server's own log says so in that place. Pure; used by one
/// actor.
class waiting_lines {
public:
    explicit waiting_lines(std::size_t lines_max) : lines_max_(lines_max) {}

    void add(model::server_log_entry line);
    [[nodiscard]] bool empty() const noexcept { return lines_.empty() && gaps_.empty(); }
    /// All that wait, in the order of their ids.
    [[nodiscard]] std::vector<model::server_log_entry> all() const;
    /// They are stored.
    void clear() noexcept;

private:
    struct gap {
        /// Of these the id: the gap is told of where it ends.
        model::server_log_entry last;
        std::uint64_t lines = 0;
    };

    void drop_oldest();

    const std::size_t lines_max_;
    uuid newest_;
    uuid_sequence behind_;
    std::deque<model::server_log_entry> lines_;
    std::unordered_map<server_id, gap> gaps_;
};

} // namespace orch::actors
