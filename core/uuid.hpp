#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace orch {

/// 16 bytes, compared and printed in network order (RFC 9562).
struct uuid {
    std::array<std::uint8_t, 16> bytes{};

    auto operator<=>(const uuid&) const = default;

    /// All bits zero: "no id".
    [[nodiscard]] bool is_nil() const noexcept { return *this == uuid{}; }
    /// 36 characters, lower case, with dashes.
    [[nodiscard]] std::string to_string() const;
    /// 32 hex digits without dashes.
    [[nodiscard]] std::string to_hex() const;
    /// The milliseconds since 1970 in a version 7 id.
    [[nodiscard]] std::chrono::system_clock::time_point timestamp() const noexcept;

    /// Accepts 36 characters with dashes or 32 without, either case.
    [[nodiscard]] static std::optional<uuid> parse(std::string_view text) noexcept;
    /// Version 4 from the system's random source.
    [[nodiscard]] static uuid random();
    /// The smallest version 7 id of that millisecond: a bound for time ranges.
    [[nodiscard]] static uuid floor(std::chrono::system_clock::time_point at) noexcept;
};

/// Mints version 7 ids that strictly increase over all threads of one instance, also when the
/// clock steps back. Owned by the application, shared by reference; lock-free.
class uuid_sequence {
public:
    [[nodiscard]] uuid next();
    [[nodiscard]] uuid next(std::chrono::system_clock::time_point now);
    /// Makes every later id greater than `seen`; used after a restart.
    void advance_past(const uuid& seen) noexcept;

private:
    /// Milliseconds since 1970 above an 18 bit counter: the ordered part of the id.
    std::atomic<std::uint64_t> last_{0};
};

/// A uuid that cannot be mistaken for an id of another kind.
template <class Tag>
struct strong_id {
    uuid value;

    auto operator<=>(const strong_id&) const = default;
    [[nodiscard]] bool is_nil() const noexcept { return value.is_nil(); }
    [[nodiscard]] std::string to_string() const { return value.to_string(); }
    [[nodiscard]] static strong_id random() { return {uuid::random()}; }
    [[nodiscard]] static std::optional<strong_id> parse(std::string_view text) noexcept {
        const auto parsed = uuid::parse(text);
        return parsed ? std::optional<strong_id>{strong_id{*parsed}} : std::nullopt;
    }
};

} // namespace orch

template <>
struct std::hash<orch::uuid> {
    std::size_t operator()(const orch::uuid& id) const noexcept;
};

template <class Tag>
struct std::hash<orch::strong_id<Tag>> {
    std::size_t operator()(const orch::strong_id<Tag>& id) const noexcept {
        return std::hash<orch::uuid>{}(id.value);
    }
};
