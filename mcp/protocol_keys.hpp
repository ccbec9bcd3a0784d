#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace orch::mcp {

/// Watches the keys of one object for those that the protocol gives a meaning. A key that a laxer
/// reader could take for one of them (other case, escapes) or that comes twice is refused: else
/// two programs could read different calls out of the same message.
class protocol_keys {
public:
    static constexpr int other = -1;

    /// `names` must outlive this; `place` names the object in complaints, e.g. "params".
    protocol_keys(std::span<const std::string_view> names, std::string_view place) noexcept
        : names_(names), place_(place) {}

    /// The index of `key` in the names, or `other`. `key` is as it stands in the text.
    int note(std::string_view key);

    /// A sentence about the first bad key; empty when there is none.
    [[nodiscard]] const std::string& complaint() const noexcept { return complaint_; }

private:
    void note_variant(std::string_view key);

    std::span<const std::string_view> names_;
    std::string_view place_;
    std::uint32_t seen_ = 0;
    std::string complaint_;
};

} // namespace orch::mcp
