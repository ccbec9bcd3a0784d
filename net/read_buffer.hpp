#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

namespace orch::net {

/// Bytes read but not yet parsed, in one piece. Grows in steps up to a limit; small when idle.
/// While a read into its free space is under way only `data`, `consume` and `commit` are allowed:
/// these never move a byte.
class read_buffer {
public:
    explicit read_buffer(std::size_t bytes_max) : bytes_max_(bytes_max) {}

    [[nodiscard]] std::string_view data() const noexcept {
        return {storage_.get() + begin_, end_ - begin_};
    }
    void consume(std::size_t bytes) noexcept { begin_ += bytes; }

    /// Free space behind the data, without making more of it. Empty when there is none.
    [[nodiscard]] std::span<char> free_space() noexcept;
    /// Free space, made by growing if need be; `wanted` is a hint. Empty only at the limit.
    [[nodiscard]] std::span<char> prepare(std::size_t wanted);
    void commit(std::size_t bytes) noexcept { end_ += bytes; }

    /// Gives back what a large request needed; only when empty.
    void shrink() noexcept;

private:
    void compact() noexcept;
    void reallocate(std::size_t capacity);

    std::size_t bytes_max_;
    std::unique_ptr<char[]> storage_;
    std::size_t capacity_ = 0;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
};

} // namespace orch::net
