#include "actors/capability_probe.hpp"

#include <utility>

namespace orch::actors {

void capability_probe::begin(const caf::actor& process, monotonic_time now) {
    state_ = state::running;
    process_ = process;
    until_ = now + patience;
    verdict_.reset();
}

void capability_probe::found(std::string what) {
    if (state_ == state::running || state_ == state::watching) {
        verdict_ = verdict{true, std::move(what)};
        until_ = monotonic_time::min();
    }
}

void capability_probe::started(const caf::actor& process, bool ready, monotonic_time now) {
    if (state_ != state::running || process != process_ || verdict_) {
        return;
    }
    if (!ready) {
        until_ = monotonic_time::min();
        return;
    }
    state_ = state::watching;
    until_ = now + watch_time;
    verdict_ = verdict{};
}

bool capability_probe::give_up() {
    if (state_ != state::running && state_ != state::watching) {
        return false;
    }
    state_ = state::ending;
    verdict_.reset();
    return true;
}

bool capability_probe::due(monotonic_time now) {
    if ((state_ != state::running && state_ != state::watching) || now < until_) {
        return false;
    }
    failed_ = failed_ || !verdict_;
    state_ = state::ending;
    return true;
}

bool capability_probe::over() {
    if (state_ != state::ending) {
        return false;
    }
    state_ = state::none;
    process_ = nullptr;
    return true;
}

} // namespace orch::actors
