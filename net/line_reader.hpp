#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace orch::net {

/// Bytes that a delivered line has room for behind its end, so that it can be parsed in place.
inline constexpr std::size_t line_padding = 64;

/// Cuts a byte stream into lines without holding more than the limit of any of them. Bytes count
/// up to the line feed, which is not part of the line; a carriage return before it is removed.
class line_reader {
public:
    /// What becomes of a line beyond the limit.
    enum class overflow {
        discard, ///< It is thrown away and only reported.
        cut      ///< Its first `line_bytes_max` bytes are the line.
    };

    struct line {
        /// Has `line_padding` bytes of spare capacity; empty when discarded.
        std::string text;
        /// Size of the line that was thrown away; 0 when it was not.
        std::size_t discarded_bytes = 0;
    };

    line_reader(std::size_t line_bytes_max, overflow policy)
        : line_bytes_max_(line_bytes_max), policy_(policy) {}

    /// Consumes `rest` up to the end of the next line. Nothing: `rest` was consumed whole and the
    /// line goes on in the next piece of the stream.
    [[nodiscard]] std::optional<line> take(std::string_view& rest);
    /// The line that the end of the stream cut off, if there is one.
    [[nodiscard]] std::optional<line> finish();

private:
    void keep(std::string_view bytes);
    void reserve(std::size_t bytes);
    [[nodiscard]] bool is_discarding() const noexcept;
    [[nodiscard]] line complete();

    std::size_t line_bytes_max_;
    overflow policy_;
    std::string partial_;
    /// Bytes of the present line so far, kept or not.
    std::size_t seen_ = 0;
    std::size_t last_size_ = 0;
};

} // namespace orch::net
