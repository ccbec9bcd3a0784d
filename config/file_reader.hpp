#pragma once

#include "config/loader.hpp"

#include <string>
#include <vector>

namespace orch::config {

/// One value of a file, not yet understood.
struct file_entry {
    const setting* row;
    /// Booleans and numbers as text, lists separated by commas.
    std::string value;
    /// `path:line:column` of the key.
    std::string where;
};

struct file_content {
    std::vector<file_entry> entries;
    std::vector<mistake> mistakes;
};

/// Reads TOML; the only place where its library is used. Broken syntax, unknown keys and values of
/// the wrong type become mistakes.
[[nodiscard]] file_content read_file(const config_file& file);

} // namespace orch::config
