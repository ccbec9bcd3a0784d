#include "actors/bridge/io_unit.hpp"

#include <caf/actor_system.hpp>
#include <caf/intrusive_ptr.hpp>
#include <caf/scheduler/abstract_coordinator.hpp>

#include <utility>

namespace orch::actors::bridge {

namespace {

/// Messages that one actor handles before the next one gets its turn.
constexpr std::size_t throughput = 64;
/// Actors resumed before the reactor looks at its sockets again.
constexpr std::size_t resumes_per_turn = 256;
/// Turns that actors get to end when the unit has stopped; one that goes on is let go.
constexpr int finishing_rounds_max = 10'000;
/// Numbers of different units never meet: the unit stands above these bits. Together they stay
/// below 2^53, so that servers written in JavaScript keep them exact.
constexpr int number_bits = 44;

io_unit*& current() noexcept {
    thread_local io_unit* unit = nullptr;
    return unit;
}

/// Makes a unit the calling thread's for a scope.
class residence {
public:
    explicit residence(io_unit* unit) : before_(current()) { current() = unit; }
    ~residence() { current() = before_; }
    residence(const residence&) = delete;
    residence& operator=(const residence&) = delete;

private:
    io_unit* before_;
};

} // namespace

io_unit::io_unit(caf::actor_system& system, std::size_t index, const clock_source& clock)
    : context_(1), guard_(context_.get_executor()), index_(index), clock_(clock),
      pin_(&system, *this), running_(&system) {}

io_unit::~io_unit() { drop_jobs(); }

void io_unit::drop_jobs() {
    for (std::size_t i = next_; i < ready_.size(); ++i) {
        caf::intrusive_ptr_release(ready_[i]);
    }
    ready_.clear();
    next_ = 0;
    for (auto* job : std::exchange(injected_, {})) {
        caf::intrusive_ptr_release(job);
    }
}

void io_unit::run() {
    const residence here(this);
    context_.run();
}

std::size_t io_unit::poll() {
    const residence here(this);
    context_.restart();
    return context_.poll();
}

std::size_t io_unit::poll_one(std::chrono::milliseconds longest) {
    const residence here(this);
    context_.restart();
    return context_.run_one_for(longest);
}

void io_unit::stop() {
    guard_.reset();
    context_.stop();
}

void io_unit::finish() {
    for (int rounds = 0; rounds < finishing_rounds_max && poll() > 0; ++rounds) {
    }
    drop_jobs();
}

bool io_unit::here() const noexcept { return current() == this; }

std::uint64_t io_unit::next_number() noexcept {
    return static_cast<std::uint64_t>(index_) << number_bits | ++last_number_;
}

void io_unit::every(std::chrono::milliseconds interval, std::function<void()> task) {
    dispatch([this, interval, task = std::move(task)]() mutable {
        periodics_.push_back(std::make_unique<periodic>(
            periodic{boost::asio::steady_timer(context_), interval, std::move(task)}));
        arm(*periodics_.back());
    });
}

void io_unit::arm(periodic& entry) {
    entry.timer.expires_after(entry.interval);
    entry.timer.async_wait([this, &entry](boost::system::error_code failure) {
        if (!failure) {
            entry.task();
            arm(entry);
        }
    });
}

void io_unit::at_turn_end(std::function<void()> task) {
    if (in_turn_) {
        turn_ends_.push_back(std::move(task));
    } else {
        boost::asio::post(context_, std::move(task));
    }
}

void io_unit::after(std::chrono::milliseconds delay, std::function<void()> task) {
    const auto timer = std::make_shared<boost::asio::steady_timer>(context_, delay);
    timer->async_wait([timer, task = std::move(task)](boost::system::error_code failure) {
        if (!failure) {
            task();
        }
    });
}

void io_unit::running_unit::exec_later(caf::resumable* job) { system_->scheduler().enqueue(job); }

void io_unit::submit(caf::resumable* job) {
    if (here()) {
        ready_.push_back(job);
        if (!drain_posted_) {
            drain_posted_ = true;
            boost::asio::post(context_, [this] { drain(); });
        }
        return;
    }
    bool wake = false;
    {
        const std::lock_guard lock(injected_mutex_);
        wake = injected_.empty();
        injected_.push_back(job);
    }
    if (wake) {
        boost::asio::post(context_, [this] { take_injected(); });
    }
}

void io_unit::take_injected() {
    std::vector<caf::resumable*> jobs;
    {
        const std::lock_guard lock(injected_mutex_);
        jobs.swap(injected_);
    }
    for (auto* job : jobs) {
        resume(job);
    }
}

void io_unit::drain() {
    // `drain_posted_` stays true while jobs run, so that what they submit joins this turn instead
    // of posting.
    in_turn_ = true;
    for (std::size_t budget = resumes_per_turn; budget > 0 && next_ < ready_.size(); --budget) {
        resume(ready_[next_++]);
    }
    in_turn_ = false;
    end_turn();
    if (next_ == ready_.size()) {
        ready_.clear();
        next_ = 0;
        drain_posted_ = false;
    } else {
        // What ran goes now: a unit that is never idle would keep every job it ever had.
        ready_.erase(ready_.begin(), ready_.begin() + static_cast<std::ptrdiff_t>(next_));
        next_ = 0;
        boost::asio::post(context_, [this] { drain(); });
    }
}

void io_unit::end_turn() {
    // Swapped out first: what they do may lead to the next turn.
    for (const auto& task : std::exchange(turn_ends_, {})) {
        task();
    }
}

void io_unit::resume(caf::resumable* job) {
    if (job->resume(&running_, throughput) == caf::resumable::resume_later) {
        submit(job);
    } else {
        caf::intrusive_ptr_release(job);
    }
}

} // namespace orch::actors::bridge
