#pragma once

#include "core/clock.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <caf/execution_unit.hpp>
#include <caf/resumable.hpp>

#include <cstdint>
#include <functional>
#include <mutex>
#include <vector>

namespace orch::actors::bridge {

/// One thread of I/O and actors: an io_context whose loop also runs the actors pinned to it. Here
/// Asio and CAF meet. Owned by the coordinator; `run` is its thread. Tests own the loop instead
/// and call `poll`.
class io_unit {
public:
    io_unit(caf::actor_system& system, std::size_t index, const clock_source& clock);
    ~io_unit();
    io_unit(const io_unit&) = delete;
    io_unit& operator=(const io_unit&) = delete;

    /// Runs I/O and actors until `stop`; the calling thread becomes this unit's thread.
    void run();
    /// Runs what is ready in the calling thread; returns the number of handlers. Tests only.
    std::size_t poll();
    /// The same for at most one handler, which it waits for up to `longest`. Tests only.
    std::size_t poll_one(std::chrono::milliseconds longest);
    void stop();
    /// After `stop`, when no thread runs the unit any more: what actors still have to do is done
    /// in the calling thread, while the parts of the actor system that it needs are there.
    void finish();

    [[nodiscard]] boost::asio::io_context& context() noexcept { return context_; }
    [[nodiscard]] std::size_t index() const noexcept { return index_; }
    [[nodiscard]] const clock_source& clock() const noexcept { return clock_; }
    /// Whether the calling thread is this unit's.
    [[nodiscard]] bool here() const noexcept;

    /// Runs `work` on this unit: at once when already there, else posted.
    template <class Work>
    void dispatch(Work&& work) {
        if (here()) {
            std::forward<Work>(work)();
        } else {
            boost::asio::post(context_, std::forward<Work>(work));
        }
    }

    /// A number no other call on any unit has: the id that a server sees (pinned to this thread).
    [[nodiscard]] std::uint64_t next_number() noexcept;

    /// Where pinned actors enqueue themselves.
    [[nodiscard]] caf::execution_unit& pin() noexcept { return pin_; }

    /// Runs `task` when the actors that are ready now have run: what many of them want done
    /// together costs one round of the loop less than a post. Outside of a turn it is posted. On
    /// this unit's thread only.
    void at_turn_end(std::function<void()> task);
    /// Calls `task` on this unit once after `delay`, unless the unit has stopped.
    void after(std::chrono::milliseconds delay, std::function<void()> task);

    /// Calls `task` on this unit every `interval` until the unit stops. Tests with a manual clock
    /// call the task's subject directly.
    void every(std::chrono::milliseconds interval, std::function<void()> task);

private:
    /// Enqueues to the unit it belongs to.
    class pinned_unit final : public caf::execution_unit {
    public:
        pinned_unit(caf::actor_system* system, io_unit& owner)
            : execution_unit(system), owner_(owner) {}
        void exec_later(caf::resumable* job) override { owner_.submit(job); }

    private:
        io_unit& owner_;
    };

    /// What a running actor sees: others that are not pinned go to the scheduler, so that they
    /// never migrate here by accident.
    class running_unit final : public caf::execution_unit {
    public:
        explicit running_unit(caf::actor_system* system) : execution_unit(system) {}
        void exec_later(caf::resumable* job) override;
    };

    struct periodic {
        boost::asio::steady_timer timer;
        std::chrono::milliseconds interval;
        std::function<void()> task;
    };

    void submit(caf::resumable* job);
    void drop_jobs();
    void take_injected();
    void drain();
    void end_turn();
    void resume(caf::resumable* job);
    void arm(periodic& entry);

    boost::asio::io_context context_;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> guard_;
    const std::size_t index_;
    const clock_source& clock_;
    pinned_unit pin_;
    running_unit running_;
    std::uint64_t last_number_ = 0;

    /// Jobs submitted on this thread, in order; `next_` is the first that has not run.
    std::vector<caf::resumable*> ready_;
    std::size_t next_ = 0;
    bool drain_posted_ = false;
    /// Actors run.
    bool in_turn_ = false;
    std::vector<std::function<void()>> turn_ends_;

    std::mutex injected_mutex_;
    std::vector<caf::resumable*> injected_;

    std::vector<std::unique_ptr<periodic>> periodics_;
};

} // namespace orch::actors::bridge
