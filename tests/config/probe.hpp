#pragma once

#include "config/loader.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace orch::config::probe {

/// Sources of an ordinary user whose home directory is known.
inline sources ordinary_user() {
    sources from;
    from.environment = {{"HOME", "/home/ada"}};
    from.on = {.processors = 4, .is_root = false, .working_directory = "/work"};
    return from;
}

inline sources with_file(std::string text) {
    auto from = ordinary_user();
    from.file = config_file{"mcp.toml", std::move(text)};
    return from;
}

inline std::string all_of(const std::vector<mistake>& mistakes) {
    std::string out;
    for (const auto& each : mistakes) {
        out += each.where + ": " + each.what + "\n";
    }
    return out;
}

inline loaded_settings loaded(const sources& from) {
    auto got = load(from);
    if (const auto* mistakes = std::get_if<std::vector<mistake>>(&got)) {
        FAIL(all_of(*mistakes));
    }
    return std::get<loaded_settings>(std::move(got));
}

inline std::vector<mistake> mistakes_of(const sources& from) {
    auto got = load(from);
    auto* mistakes = std::get_if<std::vector<mistake>>(&got);
    return mistakes == nullptr ? std::vector<mistake>{} : std::move(*mistakes);
}

/// Whether one mistake is at `where` and mentions `words`.
inline bool mentions(const std::vector<mistake>& mistakes, std::string_view where,
                     std::string_view words) {
    return std::any_of(mistakes.begin(), mistakes.end(), [&](const mistake& each) {
        return each.where == where && each.what.find(words) != std::string::npos;
    });
}

} // namespace orch::config::probe
