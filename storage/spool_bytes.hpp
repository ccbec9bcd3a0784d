#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace orch::storage {

/// Writes `value` in little endian at `to`.
template <std::unsigned_integral Number>
void put_number(char* to, Number value) noexcept {
    for (std::size_t i = 0; i < sizeof value; ++i) {
        to[i] = static_cast<char>(static_cast<std::uint64_t>(value) >> (8 * i));
    }
}

template <std::unsigned_integral Number>
void append_number(std::string& out, Number value) {
    char bytes[sizeof value];
    put_number(bytes, value);
    out.append(bytes, sizeof value);
}

/// The little endian number at `at`; the caller has checked that it is there.
template <std::unsigned_integral Number>
[[nodiscard]] Number number_at(std::string_view bytes, std::size_t at) noexcept {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < sizeof(Number); ++i) {
        value |= std::uint64_t{static_cast<unsigned char>(bytes[at + i])} << (8 * i);
    }
    return static_cast<Number>(value);
}

/// Takes fields off the front of bytes from anywhere. A field that is not there whole comes back
/// empty and turns `ok` off for good, so a decoder checks once, at its end.
class byte_cursor {
public:
    explicit byte_cursor(std::string_view bytes) noexcept : bytes_(bytes) {}

    template <std::unsigned_integral Number>
    [[nodiscard]] Number number() noexcept {
        const std::string_view field = take(sizeof(Number));
        return ok_ ? number_at<Number>(field, 0) : Number{0};
    }
    /// A byte string behind its 32 bit length.
    [[nodiscard]] std::string_view text() noexcept { return take(number<std::uint32_t>()); }
    [[nodiscard]] std::string_view take(std::size_t size) noexcept {
        if (!ok_ || size > bytes_.size()) {
            ok_ = false;
            return {};
        }
        const std::string_view field = bytes_.substr(0, size);
        bytes_.remove_prefix(size);
        return field;
    }
    void fail() noexcept { ok_ = false; }
    [[nodiscard]] bool ok() const noexcept { return ok_; }

private:
    std::string_view bytes_;
    bool ok_ = true;
};

} // namespace orch::storage
