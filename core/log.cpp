#include "core/log.hpp"

#include "core/json_writer.hpp"
#include "core/timestamp.hpp"

#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <memory>

namespace orch::log {

namespace {

std::atomic<level> threshold{level::info};
std::atomic<format> shape{format::text};

spdlog::logger& sink() {
    static const std::shared_ptr<spdlog::logger> logger = [] {
        auto made = std::make_shared<spdlog::logger>(
            "mcp-orch", std::make_shared<spdlog::sinks::stderr_sink_mt>());
        // Lines bring their own end, since several may come at once.
        made->set_formatter(
            std::make_unique<spdlog::pattern_formatter>("%v", spdlog::pattern_time_type::utc, ""));
        made->flush_on(spdlog::level::trace);
        return made;
    }();
    return *logger;
}

std::string_view name_of(level wanted) noexcept {
    switch (wanted) {
    case level::debug: return "debug";
    case level::info: return "info";
    case level::warning: return "warning";
    case level::error: return "error";
    }
    return "info";
}

std::string json_line(level wanted, std::string_view component, std::string_view message) {
    std::string line;
    json_writer(line)
        .begin_object()
        .key("time")
        .string(to_rfc3339(std::chrono::system_clock::now()))
        .key("level")
        .string(name_of(wanted))
        .key("component")
        .string(component)
        .key("message")
        .string(message)
        .end_object();
    return line;
}

/// Whether nothing in the text needs an escape. Nearly every text is plain, and most are those of
/// requests.
bool is_plain(std::string_view text) noexcept {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; });
}

void append_padded(std::string& line, std::string_view text, std::size_t width) {
    line.append(text).append(width - std::min(width, text.size()) + 1, ' ');
}

std::string text_line(level wanted, std::string_view component, std::string_view message) {
    std::string line;
    line.reserve(64 + message.size());
    line.append(to_rfc3339(std::chrono::system_clock::now())).append(1, ' ');
    append_padded(line, name_of(wanted), 7);
    append_padded(line, component, 10);
    if (is_plain(message)) {
        line.append(message);
        return line;
    }
    std::string escaped;
    append_json_string(escaped, message);
    const std::string_view inner(escaped.data() + 1, escaped.size() - 2);
    return line.append(inner == message ? message : std::string_view(escaped));
}

} // namespace

void configure(level new_threshold, format new_shape) {
    threshold = new_threshold;
    shape = new_shape;
}

bool enabled(level wanted) noexcept { return wanted >= threshold.load(std::memory_order_relaxed); }

std::string line_of(level wanted, std::string_view component, std::string_view message) {
    std::string line = shape.load(std::memory_order_relaxed) == format::json
                           ? json_line(wanted, component, message)
                           : text_line(wanted, component, message);
    line += '\n';
    return line;
}

void write_lines(std::string_view lines) {
    sink().log(spdlog::level::info, spdlog::string_view_t(lines.data(), lines.size()));
}

void write(level wanted, std::string_view component, std::string_view message) {
    write_lines(line_of(wanted, component, message));
}

} // namespace orch::log
