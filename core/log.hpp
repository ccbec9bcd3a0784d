#pragma once

#include "core/error.hpp"

#include <fmt/core.h>

#include <string_view>

namespace orch::log {

enum class level { debug, info, warning, error };
enum class format { text, json };

/// Diagnostics always go to stderr, never to stdout: a stdio peer may own stdout.
/// Call once, before the first thread starts.
void configure(level threshold, format shape);

[[nodiscard]] bool enabled(level wanted) noexcept;
/// The line that `write` would write, with its line feed; for callers that gather lines.
[[nodiscard]] std::string line_of(level wanted, std::string_view component,
                                  std::string_view message);
/// Writes lines from `line_of` with one system call.
void write_lines(std::string_view lines);
/// One record, one line: control bytes in `message` are escaped. Callable from any thread.
void write(level wanted, std::string_view component, std::string_view message);

template <class... Args>
void debug(std::string_view component, fmt::format_string<Args...> text, Args&&... args) {
    if (enabled(level::debug)) {
        write(level::debug, component, fmt::format(text, std::forward<Args>(args)...));
    }
}

template <class... Args>
void info(std::string_view component, fmt::format_string<Args...> text, Args&&... args) {
    if (enabled(level::info)) {
        write(level::info, component, fmt::format(text, std::forward<Args>(args)...));
    }
}

template <class... Args>
void warning(std::string_view component, fmt::format_string<Args...> text, Args&&... args) {
    if (enabled(level::warning)) {
        write(level::warning, component, fmt::format(text, std::forward<Args>(args)...));
    }
}

template <class... Args>
void error(std::string_view component, fmt::format_string<Args...> text, Args&&... args) {
    if (enabled(level::error)) {
        write(level::error, component, fmt::format(text, std::forward<Args>(args)...));
    }
}

} // namespace orch::log
