#pragma once

#include <cstddef>
#include <deque>
#include <string>

namespace orch::net {

/// Bytes that wait for a pipe to take them, in order and bounded.
class write_queue {
public:
    enum class outcome {
        drained, ///< Nothing is left.
        blocked, ///< The pipe is full; wait until it is writable.
        yielded, ///< This turn's share is used up; go on in the next one.
        broken   ///< Nobody reads the pipe any more.
    };

    explicit write_queue(std::size_t bytes_max) : bytes_max_(bytes_max) {}

    /// False when `bytes` does not fit; nothing of it is queued then.
    [[nodiscard]] bool push(std::string bytes);
    /// Writes what `fd` takes without blocking; many entries leave in one system call.
    [[nodiscard]] outcome write_to(int fd);
    void clear() noexcept;

    [[nodiscard]] bool empty() const noexcept { return entries_.empty(); }
    [[nodiscard]] std::size_t bytes() const noexcept { return bytes_; }

private:
    void consume(std::size_t written);

    std::size_t bytes_max_;
    std::deque<std::string> entries_;
    /// Bytes of the first entry that are written already.
    std::size_t offset_ = 0;
    std::size_t bytes_ = 0;
};

} // namespace orch::net
