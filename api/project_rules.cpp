#include "api/project_rules.hpp"

#include "api/ascii.hpp"
#include "core/uuid.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace orch::api {

namespace {

constexpr std::size_t slug_max = 63;
constexpr std::size_t name_max = 255;
constexpr std::size_t description_max = 1'000;

bool is_slug_character(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

/// Text that stands in one line: no control characters.
result<void> check_text(std::string_view field, std::string_view text, std::size_t bytes_max) {
    if (text.size() > bytes_max) {
        return error{errc::invalid_argument,
                     fmt::format("{}: longer than {} bytes", field, bytes_max)};
    }
    const bool plain = std::all_of(text.begin(), text.end(), [](char c) {
        return static_cast<unsigned char>(c) >= 0x20 && c != 0x7F;
    });
    return plain ? result<void>{}
                 : error{errc::invalid_argument, fmt::format("{}: a control character", field)};
}

std::string slug_of(std::string_view name) {
    std::string slug;
    for (const char c : name) {
        const char lower = ascii_lower(c);
        if (is_slug_character(lower) && lower != '-') {
            slug += lower;
        } else if (!slug.empty() && slug.back() != '-') {
            slug += '-';
        }
    }
    slug.resize(std::min(slug.size(), slug_max - 8));
    while (slug.ends_with('-')) {
        slug.pop_back();
    }
    return slug.empty() || uuid::parse(slug) ? "project" : slug;
}

} // namespace

bool is_project_slug(std::string_view name) noexcept {
    return !name.empty() && name.size() <= slug_max &&
           std::all_of(name.begin(), name.end(), is_slug_character) && !uuid::parse(name);
}

std::string free_slug(std::string_view name, const model::registry& registry) {
    const auto base = slug_of(name);
    auto slug = base;
    for (int number = 2; registry.find_project(slug) != nullptr; ++number) {
        slug = fmt::format("{}-{}", base, number);
    }
    return slug;
}

result<void> name_project(model::project& project, const create_project_request& wanted,
                          const model::registry& registry) {
    if (wanted.name.empty()) {
        return error{errc::invalid_argument, "name: a project needs a name"};
    }
    for (const auto& checked :
         {check_text("name", wanted.name, name_max),
          check_text("display_name", wanted.display_name.value_or(""), name_max),
          check_text("description", wanted.description.value_or(""), description_max)}) {
        if (!checked) {
            return checked;
        }
    }
    if (!is_project_slug(wanted.name)) {
        project.name = free_slug(wanted.name, registry);
    } else if (registry.find_project(wanted.name) != nullptr) {
        return error{errc::conflict, "name: a project of this name exists"};
    } else {
        project.name = wanted.name;
    }
    project.display_name = wanted.display_name.value_or(wanted.name);
    project.description = wanted.description.value_or("");
    return {};
}

result<void> apply(const update_project_request& wanted, model::project& project) {
    constexpr std::array classes{7, 30, 90, 365};
    project.display_name = wanted.display_name.value_or(project.display_name);
    project.description = wanted.description.value_or(project.description);
    project.unified_enabled = wanted.unified_mcp_enabled.value_or(project.unified_enabled);
    const auto days = wanted.retention_days.value_or(project.retention_days);
    if (std::find(classes.begin(), classes.end(), days) == classes.end()) {
        return error{errc::invalid_argument, "retention_days: 7, 30, 90 or 365"};
    }
    project.retention_days = static_cast<int>(days);
    if (project.display_name.empty()) {
        return error{errc::invalid_argument, "display_name: must not be empty"};
    }
    if (auto checked = check_text("display_name", project.display_name, name_max); !checked) {
        return checked;
    }
    return check_text("description", project.description, description_max);
}

} // namespace orch::api
