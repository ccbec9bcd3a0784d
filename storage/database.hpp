#pragma once

#include "core/error.hpp"
#include "storage/options.hpp"
#include "storage/pqxx_fwd.hpp"

#include <functional>
#include <memory>

namespace orch::storage {

/// One connection for a thread of its own (detached actors): connects on first use, reconnects
/// after a loss. Exceptions of libpqxx end here and in `database`; SQLSTATE becomes an errc.
class session {
public:
    explicit session(database_options options);
    ~session();
    session(session&&) noexcept;

    /// Runs `work` with a live connection. `unavailable` when there is none.
    [[nodiscard]] result<void> run(const std::function<void(pqxx::connection&)>& work);

private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

/// A few threads with a connection each, for short queries of request handlers. The queue is
/// bounded: over it `submit` answers `busy` at once. `done` runs on a database thread.
class database {
public:
    explicit database(database_options options);
    /// Closes first.
    ~database();

    using task = std::function<void(pqxx::connection&)>;
    void submit(task work, std::function<void(result<void>)> done);
    /// How many requests no connection has begun yet. Callable on any thread.
    [[nodiscard]] std::size_t waiting() const;
    /// Finishes what runs, answers `cancelled` to what waits and to whatever comes later. Not from
    /// a database thread, and from one other thread only.
    void close();

private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

/// Runs `work`, maps every exception of libpqxx to an error. The only catch of them.
[[nodiscard]] result<void> guarded(const std::function<void()>& work);

} // namespace orch::storage
