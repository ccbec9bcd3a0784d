#include "mcp/task.hpp"

#include "mcp/json_text.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace orch::mcp {

namespace {

constexpr list_shape task_list{
    model::list_kind::tools, "tasks/list", "tasks", "taskId", "tasks.list", "", "task",
    task_id_bytes_max};

/// Longer than any task is remembered, and well within what a duration holds.
constexpr double ttl_ms_max = 1e12;

std::optional<std::chrono::milliseconds> read_ttl(std::string_view raw) {
    double number = 0;
    const auto [end, failure] = std::from_chars(raw.data(), raw.data() + raw.size(), number);
    if (end != raw.data() + raw.size() || failure == std::errc::invalid_argument || number < 0) {
        return std::nullopt;
    }
    const bool endless = failure != std::errc{} || !(number < ttl_ms_max);
    return endless ? std::nullopt
                   : std::optional(std::chrono::milliseconds{std::llround(std::ceil(number))});
}

slice member_value(std::string& text, slice where, std::string_view wanted) {
    slice found;
    each_member(text, where, [&](std::string_view key, const found_member& member) {
        // Some servers escape the slash of the key.
        const bool same = key == wanted || (key.find('\\') != std::string_view::npos &&
                                            decode_json_string(key) == wanted);
        found = same ? member.value : found;
    });
    return found;
}

} // namespace

std::optional<task_reading> read_task(std::string& text, slice where) {
    task_reading task;
    each_member(text, where, [&](std::string_view key, const found_member& member) {
        const auto raw = member.value.of(text);
        if (key == "taskId") {
            task.token = member.value;
            task.id = string_value(raw);
        } else if (key == "status") {
            task.over = raw == R"("completed")" || raw == R"("failed")" || raw == R"("cancelled")";
        } else if (key == "ttl") {
            task.ttl = read_ttl(raw);
        }
    });
    return task.id.empty() || task.id.size() > task_id_bytes_max ? std::nullopt
                                                                 : std::optional(std::move(task));
}

slice related_task(std::string& text, slice where) {
    if (where.of(text).find("related-task") == std::string_view::npos) {
        return {};
    }
    const auto meta = member_value(text, where, "_meta");
    const auto token = member_value(text, member_value(text, meta, related_task_key), "taskId");
    return is_string(token.of(text)) ? token : slice{};
}

const list_shape& task_list_shape() noexcept { return task_list; }

bool needs_task(const std::string& definition) {
    if (definition.find("taskSupport") == std::string::npos) {
        return false;
    }
    std::string text = definition;
    const auto execution = member_value(text, {0, text.size()}, "execution");
    return member_value(text, execution, "taskSupport").of(text) == R"("required")";
}

} // namespace orch::mcp
