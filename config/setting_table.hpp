#pragma once

#include "config/settings.hpp"
#include "core/error.hpp"

#include <span>
#include <string>
#include <string_view>

namespace orch::config {

/// How a value is written in TOML.
enum class value_shape { text, number, boolean, list };

enum class secrecy { open, secret };

/// One setting: the single place that says how it is called, written, explained and stored. The
/// file, the environment, the flags, `config print` and docs/configuration.md all follow it.
struct setting {
    /// Dotted TOML key, such as `server.listen`.
    std::string_view key;
    /// Command line flag, such as `--listen`; empty: none.
    std::string_view flag;
    std::string_view help;
    /// Said instead of a default that depends on the machine; empty: the default itself is said.
    std::string_view default_note;
    secrecy privacy;
    value_shape shape;
    /// What may be written, for people: `duration, 1s to 10m`.
    std::string (*accepts)();
    /// Stores `text`; `invalid_argument` says what is wrong with it and repeats no secret.
    result<void> (*assign)(settings& target, std::string_view text);
    /// The canonical text; `assign` reads it back. Lists are separated by commas.
    std::string (*show)(const settings& source);
};

/// Every setting, in the order of the documentation.
[[nodiscard]] std::span<const setting> setting_table();

/// The row of `key`, or null.
[[nodiscard]] const setting* find_setting(std::string_view key);
/// The row of `flag`, or null.
[[nodiscard]] const setting* find_flag(std::string_view flag);

/// `server.listen` → `MCP_ORCH_SERVER_LISTEN`.
[[nodiscard]] std::string environment_name(const setting& row);

} // namespace orch::config
