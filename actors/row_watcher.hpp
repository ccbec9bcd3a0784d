#pragma once

#include "core/uuid.hpp"
#include "net/event_stream.hpp"
#include "storage/pqxx_fwd.hpp"
#include "storage/row_walk.hpp"

#include <caf/allowed_unsafe_message_type.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace orch::actors {

/// Somebody who watches the rows of a log as they are stored, oldest first: implemented by the
/// endpoints, used by one `row_tail`, on its thread.
template <class Row>
class row_watcher {
public:
    virtual ~row_watcher() = default;

    [[nodiscard]] virtual bool wants(const Row& row) const = 0;
    /// The first rows behind `last` that it wants. Throws what libpqxx throws.
    [[nodiscard]] virtual storage::walk_step<Row>
    rows_after(pqxx::connection& connection, const uuid& last,
               const storage::walk_limits& limits) const = 0;
    /// The newest row of the log, wanted or not; nil when it is empty. Throws what libpqxx throws.
    [[nodiscard]] virtual uuid newest_row(pqxx::connection& connection) const = 0;
    /// Whether it is told what people and keys are called.
    [[nodiscard]] virtual bool sees_names() const = 0;
    /// The same for all watchers of a log that see names, and for all others: they share it.
    [[nodiscard]] virtual net::frame encode(const Row& row) const = 0;
    /// Comes before the first row: where the watch begins.
    [[nodiscard]] virtual net::frame greeting(const uuid& position) const = 0;
    /// Whether it may still see what it watches.
    [[nodiscard]] virtual bool may_stay() = 0;
    [[nodiscard]] virtual net::event_stream& stream() const = 0;
    /// Ends the stream properly: it may not stay. Dropped without it, a watcher breaks it off.
    virtual void dismiss() = 0;
};

/// Show every row behind `since`, or from now on. Endpoint → tail.
template <class Row>
struct watch_rows {
    std::shared_ptr<row_watcher<Row>> watcher;
    std::optional<uuid> since = {};
};

/// Rows were stored, in the order of their ids; null for those that found no room on the way.
/// Writer → tail.
template <class Row>
struct rows_stored {
    std::shared_ptr<const std::vector<Row>> rows;
};

/// Everything that was sent to the watcher is with the kernel. Stream → tail.
struct watcher_drained {
    std::uint64_t watcher = 0;
    /// Sent to it until then.
    std::size_t bytes = 0;
};
/// The watcher's stream has ended. Stream → tail.
struct watcher_left {
    std::uint64_t watcher = 0;
};
/// The watcher's turn to read on. Tail → itself.
struct walk_on {
    std::uint64_t watcher = 0;
};
/// Rights have changed, or may have. Supervisor → tail.
struct review_watchers {};
/// The database may be there again. Tail → itself.
struct catch_up_again {};

} // namespace orch::actors

template <class Row>
struct caf::allowed_unsafe_message_type<orch::actors::watch_rows<Row>> : std::true_type {};
template <class Row>
struct caf::allowed_unsafe_message_type<orch::actors::rows_stored<Row>> : std::true_type {};
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::watcher_drained)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::watcher_left)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::walk_on)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::review_watchers)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::catch_up_again)
