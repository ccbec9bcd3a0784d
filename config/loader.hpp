#pragma once

#include "config/setting_table.hpp"
#include "config/settings.hpp"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace orch::config {

using text_map = std::map<std::string, std::string, std::less<>>;

/// One thing that is wrong, and where a person can correct it.
struct mistake {
    std::string where;
    std::string what;
};

struct config_file {
    /// As named to people; not opened by `load`.
    std::string path;
    std::string text;
};

/// What the machine says, so that `load` needs none.
struct machine {
    unsigned processors = 1;
    bool is_root = false;
    /// Relative paths start here.
    std::string working_directory = "/";
};

/// Everything settings come from.
struct sources {
    std::optional<config_file> file;
    /// All of the environment: MCP_ORCH_*, HOME and XDG_STATE_HOME are looked at.
    text_map environment;
    /// Flag → value, such as `--listen` → `127.0.0.1:0`.
    text_map flags;
    machine on;
    /// Found while gathering, reported with the rest.
    std::vector<mistake> mistakes;
};

struct loaded_settings {
    settings values;
    /// Where each row of `setting_table()` got its value: `default`, `config.toml:3:1`,
    /// `env MCP_ORCH_…` or `flag --…`.
    std::vector<std::string> origins;

    /// The origin of a key of the table.
    [[nodiscard]] const std::string& origin_of(std::string_view key) const;
};

/// Flag over environment over file over default, then the rules between settings. Pure. Finds
/// every mistake, not just the first.
[[nodiscard]] std::variant<loaded_settings, std::vector<mistake>> load(const sources& from);

/// The data directory that flags, environment and defaults name, before any file is read: the
/// configuration file may lie in it. Empty when nothing names one.
[[nodiscard]] std::string early_data_dir(const sources& from);

/// The name of the environment variable that names the configuration file.
inline constexpr std::string_view config_file_variable = "MCP_ORCH_CONFIG";
/// The name of the environment variable that holds the key of `mcp-orch connect`: no setting.
inline constexpr std::string_view key_variable = "MCP_ORCH_KEY";

} // namespace orch::config
