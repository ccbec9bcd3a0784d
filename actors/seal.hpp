#pragma once

#include "core/ids.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace orch::actors {

/// 32 hex digits that only this process can make for `content`. The secret is drawn once per
/// process, so nothing sealed outlives it. Thread-safe.
[[nodiscard]] std::string seal_of(std::string_view content);

/// What a server gave out and a client brings back.
enum class sealed_kind : std::uint8_t { task, task_cursor };
struct server_value {
    server_id server;
    std::string value;

    bool operator==(const server_value&) const = default;
};
/// As the client gets it: names the server, and holds for `owner` alone.
[[nodiscard]] std::string sealed(sealed_kind kind, const server_value& what,
                                 std::string_view owner);
/// Nothing for what was never given out to `owner` as that kind.
[[nodiscard]] std::optional<server_value> unsealed(sealed_kind kind, std::string_view text,
                                                   std::string_view owner);

} // namespace orch::actors
