#include "api/project_rules.hpp"

#include "api/text_rules.hpp"
#include "core/ascii.hpp"
#include "core/uuid.hpp"
#include "storage/retention.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace orch::api {

namespace {

constexpr std::size_t slug_max = 63;
constexpr std::size_t name_max = 255;
constexpr std::size_t description_max = 1'000;

bool is_slug_character(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
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

std::string free_slug(std::string_view name,
                      const std::function<bool(const std::string&)>& is_free) {
    const auto base = slug_of(name);
    auto slug = base;
    for (int number = 2; !is_free(slug); ++number) {
        slug = fmt::format("{}-{}", base, number);
    }
    return slug;
}

result<void> name_project(model::project& project, const create_project_request& wanted,
                          const model::registry& registry) {
    fault_list faults;
    check_line("name", wanted.name, {name_max, 1}, faults);
    check_line("display_name", wanted.display_name.value_or(""), {name_max}, faults);
    check_block("description", wanted.description.value_or(""), {description_max}, faults);
    if (!faults.empty()) {
        return faults.to_error();
    }
    if (!is_project_slug(wanted.name)) {
        project.name = free_slug(wanted.name, [&](const std::string& slug) {
            return registry.find_project(slug) == nullptr;
        });
    } else if (registry.find_project(wanted.name) != nullptr) {
        return error{errc::conflict, "name: a project of this name exists"};
    } else {
        project.name = wanted.name;
    }
    project.display_name = wanted.display_name.value_or(wanted.name);
    project.description = wanted.description.value_or("");
    return {};
}

result<void> rename_project(model::project& project, const update_project_request& wanted,
                            const model::registry& registry) {
    if (!wanted.name || *wanted.name == project.name) {
        return {};
    }
    if (!is_project_slug(*wanted.name)) {
        fault_list faults;
        faults.add("name", "name: 1 to 63 of a-z 0-9 -, and not like a UUID");
        return faults.to_error();
    }
    const auto* other = registry.find_project(*wanted.name);
    if (other != nullptr && other->id != project.id) {
        return error{errc::conflict, "name: leads to another project"};
    }
    std::erase(project.aliases, *wanted.name);
    project.aliases.push_back(std::exchange(project.name, *wanted.name));
    return {};
}

result<void> apply(const update_project_request& wanted, model::project& project) {
    project.display_name = wanted.display_name.value_or(project.display_name);
    project.description = wanted.description.value_or(project.description);
    project.unified_enabled = wanted.unified_mcp_enabled.value_or(project.unified_enabled);
    fault_list faults;
    const auto days = wanted.retention_days.value_or(project.retention_days);
    if (std::find(storage::retention_classes.begin(), storage::retention_classes.end(), days) ==
        storage::retention_classes.end()) {
        faults.add("retention_days", "retention_days: 7, 30, 90 or 365");
    } else {
        project.retention_days = static_cast<int>(days);
    }
    check_line("display_name", project.display_name, {name_max, 1}, faults);
    check_block("description", project.description, {description_max}, faults);
    return faults.outcome();
}

} // namespace orch::api
