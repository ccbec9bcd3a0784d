#pragma once

#include <chrono>

namespace orch {

using monotonic_time = std::chrono::steady_clock::time_point;
using wall_time = std::chrono::system_clock::time_point;

/// Where time comes from: the machine, or a test that moves it by hand.
/// Deadlines use `monotonic()`, records and ids use `wall()`. Callable from any thread.
class clock_source {
public:
    virtual ~clock_source() = default;
    [[nodiscard]] virtual monotonic_time monotonic() const = 0;
    [[nodiscard]] virtual wall_time wall() const = 0;
};

/// The machine's clocks.
class system_clock_source final : public clock_source {
public:
    [[nodiscard]] monotonic_time monotonic() const override {
        return std::chrono::steady_clock::now();
    }
    [[nodiscard]] wall_time wall() const override { return std::chrono::system_clock::now(); }
};

/// A clock that moves only when told to.
class manual_clock final : public clock_source {
public:
    [[nodiscard]] monotonic_time monotonic() const override { return monotonic_; }
    [[nodiscard]] wall_time wall() const override { return wall_; }
    void advance(std::chrono::milliseconds by) {
        monotonic_ += by;
        wall_ += by;
    }

private:
    monotonic_time monotonic_{std::chrono::hours{1}};
    wall_time wall_{std::chrono::sys_days{std::chrono::year{2026} / 1 / 1}};
};

} // namespace orch
