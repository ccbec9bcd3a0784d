#pragma once

#include "actors/row_watcher.hpp"
#include "actors/tail_gate.hpp"

#include <caf/actor.hpp>
#include <caf/send.hpp>

#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

namespace orch::actors {

/// The way from the writer of a log to its tail. Without a gate nobody is shown anything.
struct tail_door {
    caf::actor tail = {};
    std::shared_ptr<tail_gate> gate = {};

    [[nodiscard]] bool is_watched() const noexcept { return gate && gate->is_watched(); }

    /// From now on rows are stored in the order of their ids.
    template <class Row>
    void open() const {
        if (gate && !gate->is_open()) {
            gate->open();
            caf::anon_send(tail, rows_stored<Row>{});
        }
    }
    /// Only while somebody watches. Rows of about `bytes` were stored, in the order of their ids.
    template <class Row>
    void hand_over(std::vector<Row> rows, std::size_t bytes) const {
        rows_stored<Row> stored;
        const auto verdict = gate->admit(bytes);
        if (verdict == tail_gate::verdict::passed) {
            // The room is free again when the last who holds the rows lets go of them.
            stored.rows = {new std::vector<Row>(std::move(rows)),
                           [gate = gate, bytes](const std::vector<Row>* held) {
                               delete held;
                               gate->release(bytes);
                           }};
        }
        if (verdict != tail_gate::verdict::silent) {
            caf::anon_send(tail, std::move(stored));
        }
    }
};

} // namespace orch::actors
