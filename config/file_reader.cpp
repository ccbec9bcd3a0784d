#include "config/file_reader.hpp"

#include "config/suggestion.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <optional>

namespace orch::config {

namespace {

class flattener {
public:
    explicit flattener(const std::string& path) : path_(path) {}

    void add_table(const toml::table& table, const std::string& prefix) {
        for (const auto& [key, node] : table) {
            const std::string name = prefix + std::string(key.str());
            const auto* inner = node.as_table();
            if (inner != nullptr && is_section(name)) {
                add_table(*inner, name + ".");
            } else {
                add_value(name, node, where(key.source().begin));
            }
        }
    }

    file_content content;

    [[nodiscard]] std::string where(const toml::source_position& at) const {
        return fmt::format("{}:{}:{}", path_, at.line, at.column);
    }

private:
    static bool is_section(std::string_view name) {
        return std::any_of(setting_table().begin(), setting_table().end(), [&](const setting& row) {
            return row.key.starts_with(name) && row.key.substr(name.size()).starts_with('.');
        });
    }

    void add_value(const std::string& name, const toml::node& node, std::string at) {
        const setting* row = find_setting(name);
        if (row == nullptr) {
            content.mistakes.push_back({std::move(at), unknown(name, node)});
            return;
        }
        if (auto value = value_text(*row, node)) {
            content.entries.push_back({row, std::move(*value), std::move(at)});
            return;
        }
        content.mistakes.push_back(
            {std::move(at), fmt::format("{} must be {}", name, row->accepts())});
    }

    static std::string unknown(const std::string& name, const toml::node& node) {
        std::vector<std::string_view> names;
        for (const auto& row : setting_table()) {
            names.push_back(node.is_table() ? row.key.substr(0, row.key.find('.')) : row.key);
        }
        return fmt::format("unknown {} \"{}\"{}", node.is_table() ? "section" : "key", name,
                           did_you_mean(name, names));
    }

    static std::optional<std::string> scalar_text(const toml::node& node) {
        if (const auto* text = node.as_string()) {
            return text->get();
        }
        if (const auto* number = node.as_integer()) {
            return std::to_string(number->get());
        }
        if (const auto* flag = node.as_boolean()) {
            return flag->get() ? "true" : "false";
        }
        return std::nullopt;
    }

    static std::optional<std::string> value_text(const setting& row, const toml::node& node) {
        if (!node.is_array()) {
            return scalar_text(node);
        }
        if (row.shape != value_shape::list) {
            return std::nullopt;
        }
        std::string items;
        for (const auto& item : *node.as_array()) {
            const auto* text = item.as_string();
            if (text == nullptr || text->get().empty()) {
                return std::nullopt;
            }
            items.append(items.empty() ? "" : ",").append(text->get());
        }
        return items;
    }

    const std::string& path_;
};

} // namespace

file_content read_file(const config_file& file) {
    flattener flat(file.path);
    try {
        flat.add_table(toml::parse(file.text), "");
    } catch (const toml::parse_error& failure) {
        flat.content.mistakes.push_back(
            {flat.where(failure.source().begin), std::string(failure.description())});
    }
    return std::move(flat.content);
}

} // namespace orch::config
