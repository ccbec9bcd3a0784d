#pragma once

#include <string>
#include <vector>

namespace orch {

/// The paths ("servers[2].name") of keys that an object of `json` has twice, at any depth and
/// however they are spelled; readers differ in which of the two they believe. Each key in a path
/// is cut short. `json` is well-formed and not nested deeply.
[[nodiscard]] std::vector<std::string> duplicate_keys(const std::string& json);

} // namespace orch
