#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace orch::bench {

/// One thing that happens on the way of a call. It answers with something that it made, such as a
/// size, so that no compiler leaves it out; 0 means that it failed.
using step = std::function<std::size_t()>;

/// The same step for several sizes, whose meaning the name tells.
struct step_kind {
    std::string name;
    std::vector<std::size_t> sizes;
    std::function<step(std::size_t)> make;
};

/// A message there and back: validation, decision, ids replaced. Sizes: bytes of the call, or of
/// the result where the name says so.
[[nodiscard]] std::vector<step_kind> routing_steps();
/// Lists of servers, read and merged. Sizes: tools of one server, or servers of 20 tools each.
[[nodiscard]] std::vector<step_kind> catalogue_steps();
/// A record into a file below `directory`, which grows no further than some MiB. Sizes: bytes of
/// the result.
[[nodiscard]] std::vector<step_kind> spool_steps(const std::string& directory);
/// What else a call passes through: HTTP, the log's copies of bodies, rows for the database. Sizes:
/// bytes of the body.
[[nodiscard]] std::vector<step_kind> other_steps();

} // namespace orch::bench
