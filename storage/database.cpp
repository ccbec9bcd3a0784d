#include "storage/database.hpp"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace orch::storage {

namespace {

constexpr auto closed_text = "the database queue was closed";

} // namespace

struct database::impl {
    struct job {
        task work;
        std::function<void(result<void>)> done;
    };

    explicit impl(database_options given);
    ~impl() { close(); }

    void close();
    result<void> push(job& wanted);
    bool pop(job& next);
    void serve();

    const database_options options;
    std::mutex mutex;
    std::condition_variable arrived;
    std::deque<job> queue;
    bool stopping = false;
    std::vector<std::thread> threads;
};

database::impl::impl(database_options given) : options(std::move(given)) {
    threads.reserve(options.connections);
    for (std::size_t i = 0; i < options.connections; ++i) {
        threads.emplace_back([this] { serve(); });
    }
}

void database::impl::close() {
    std::deque<job> waiting;
    {
        const std::lock_guard lock{mutex};
        stopping = true;
        waiting.swap(queue);
    }
    arrived.notify_all();
    for (auto& left : waiting) {
        left.done(error{errc::cancelled, closed_text});
    }
    for (auto& thread : threads) {
        thread.join();
    }
    threads.clear();
}

/// An error, with `wanted` untouched, when the queue takes nothing.
result<void> database::impl::push(job& wanted) {
    {
        const std::lock_guard lock{mutex};
        if (stopping) {
            return error{errc::cancelled, closed_text};
        }
        if (queue.size() >= options.queue_max) {
            return error{errc::busy, "too many database requests are waiting"};
        }
        queue.push_back(std::move(wanted));
    }
    arrived.notify_one();
    return {};
}

/// Waits for the next job; false when the queue is closed.
bool database::impl::pop(job& next) {
    std::unique_lock lock{mutex};
    arrived.wait(lock, [this] { return stopping || !queue.empty(); });
    if (stopping) {
        return false;
    }
    next = std::move(queue.front());
    queue.pop_front();
    return true;
}

void database::impl::serve() {
    session connection{options};
    job next;
    while (pop(next)) {
        next.done(connection.run(next.work));
        // What the closures hold must not live until the next job comes.
        next = {};
    }
}

database::database(database_options options) : impl_(std::make_unique<impl>(std::move(options))) {}
database::~database() = default;

void database::submit(task work, std::function<void(result<void>)> done) {
    impl::job wanted{std::move(work), std::move(done)};
    if (const auto queued = impl_->push(wanted); !queued) {
        wanted.done(queued.error());
    }
}

std::size_t database::waiting() const {
    const std::lock_guard lock{impl_->mutex};
    return impl_->queue.size();
}

void database::close() { impl_->close(); }

} // namespace orch::storage
