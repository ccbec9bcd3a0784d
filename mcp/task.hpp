#pragma once

#include "mcp/item_list.hpp"
#include "mcp/json_rpc.hpp"
#include "mcp/rewrite.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace orch::mcp {

// Tasks (2025-11-25, utilities, tasks): requests whose result is fetched later, by the id of a
// task.

/// Bytes of a task's id as its server has it, and as clients know it.
inline constexpr std::size_t task_id_bytes_max = 256;
inline constexpr std::size_t sealed_task_bytes_max = 512;

/// The key of `_meta` by which messages say which task they belong to.
inline constexpr std::string_view related_task_key = "io.modelcontextprotocol/related-task";

/// What a server tells of a task.
struct task_reading {
    slice token;    ///< raw token of `taskId`
    std::string id; ///< decoded; at most `task_id_bytes_max` bytes
    /// Completed, failed or cancelled: it changes no more.
    bool over = false;
    /// How long it is kept from its creation on; absent for ever.
    std::optional<std::chrono::milliseconds> ttl;
};
/// Reads the task that the object `where` is. Nothing when it is none: there is no proper `taskId`.
[[nodiscard]] std::optional<task_reading> read_task(std::string& text, slice where);

/// The raw token of the `taskId` by which the object `where` (params or a result) says in its
/// `_meta` that it belongs to a task; absent when it does not. Texts that do not name the key are
/// not parsed.
[[nodiscard]] slice related_task(std::string& text, slice where);

/// How `tasks/list` looks. It is no list of the catalogue: `kind` means nothing.
[[nodiscard]] const list_shape& task_list_shape() noexcept;

/// The definition of a tool that can only be called as a task: clients that know no tasks cannot
/// use it.
[[nodiscard]] bool needs_task(const std::string& definition);

} // namespace orch::mcp
