#include "config/loader.hpp"

#include "config/file_reader.hpp"
#include "config/rules.hpp"
#include "config/suggestion.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace orch::config {

namespace {

constexpr std::string_view variable_prefix = "MCP_ORCH_";

std::string_view value_or_empty(const text_map& from, std::string_view name) {
    const auto found = from.find(name);
    return found == from.end() ? std::string_view{} : std::string_view(found->second);
}

std::string default_data_dir(const sources& from) {
    if (from.on.is_root) {
        return "/var/lib/mcp-orch/data";
    }
    // A relative XDG_STATE_HOME is to be ignored, says its specification.
    if (const auto state = value_or_empty(from.environment, "XDG_STATE_HOME");
        state.starts_with('/')) {
        return fmt::format("{}/mcp-orch/data", state);
    }
    const auto home = value_or_empty(from.environment, "HOME");
    return home.starts_with('/') ? fmt::format("{}/.local/state/mcp-orch/data", home)
                                 : std::string{};
}

std::string absolute(const std::string& path, const machine& on) {
    if (path.empty()) {
        return path;
    }
    auto whole = (std::filesystem::path(on.working_directory) / path).lexically_normal().string();
    if (whole.size() > 1 && whole.ends_with('/')) {
        whole.pop_back();
    }
    return whole;
}

/// Applies the sources in rising precedence; a mistake in one does not hide those of the next.
class collector {
public:
    explicit collector(const sources& from) : from_(from), mistakes_(from.mistakes) {
        loaded_.origins.assign(setting_table().size(), "default");
    }

    std::variant<loaded_settings, std::vector<mistake>> run() {
        take_defaults();
        take_file();
        take_environment();
        take_flags();
        complete_paths();
        check_rules(loaded_, mistakes_);
        if (!mistakes_.empty()) {
            return std::move(mistakes_);
        }
        return std::move(loaded_);
    }

private:
    void take_defaults() {
        loaded_.values.data_dir = default_data_dir(from_);
        loaded_.values.io_threads = std::clamp(from_.on.processors, 2U, 65U) - 1;
    }

    void take_file() {
        if (!from_.file) {
            return;
        }
        auto content = read_file(*from_.file);
        for (auto& entry : content.entries) {
            assign(*entry.row, entry.value, std::move(entry.where));
        }
        std::move(content.mistakes.begin(), content.mistakes.end(), std::back_inserter(mistakes_));
    }

    void take_environment() {
        std::vector<std::string> names;
        for (const auto& row : setting_table()) {
            names.push_back(environment_name(row));
        }
        for (const auto& [name, value] : from_.environment) {
            if (!name.starts_with(variable_prefix) || name == config_file_variable ||
                name == key_variable) {
                continue;
            }
            const auto known = std::find(names.begin(), names.end(), name);
            if (known == names.end()) {
                const std::vector<std::string_view> candidates(names.begin(), names.end());
                mistakes_.push_back(
                    {"env " + name, "unknown variable" + did_you_mean(name, candidates)});
                continue;
            }
            assign(setting_table()[static_cast<std::size_t>(known - names.begin())], value,
                   "env " + name);
        }
    }

    void take_flags() {
        for (const auto& [flag, value] : from_.flags) {
            if (const auto* row = find_flag(flag)) {
                assign(*row, value, "flag " + flag);
            } else {
                mistakes_.push_back({"flag " + flag, "unknown flag"});
            }
        }
    }

    void assign(const setting& row, std::string_view value, std::string where) {
        if (auto done = row.assign(loaded_.values, value); !done) {
            mistakes_.push_back(
                {std::move(where), fmt::format("{}: {}", row.key, done.error().detail)});
            return;
        }
        loaded_.origins[static_cast<std::size_t>(&row - setting_table().data())] = std::move(where);
    }

    void complete_paths() {
        auto& values = loaded_.values;
        if (values.data_dir.empty()) {
            mistakes_.push_back({loaded_.origin_of("data_dir"),
                                 "data_dir: there is no home directory to put it in; name one with "
                                 "--data-dir"});
            return;
        }
        values.data_dir = absolute(values.data_dir, from_.on);
        values.http.unix_socket = values.data_dir + "/admin.sock";
        values.master_key_file = values.master_key_file.empty()
                                     ? values.data_dir + "/master-key"
                                     : absolute(values.master_key_file, from_.on);
        values.spool.directory = values.spool.directory.empty()
                                     ? values.data_dir + "/spool"
                                     : absolute(values.spool.directory, from_.on);
        values.import_file = absolute(values.import_file, from_.on);
    }

    const sources& from_;
    std::vector<mistake> mistakes_;
    loaded_settings loaded_;
};

} // namespace

const std::string& loaded_settings::origin_of(std::string_view key) const {
    const auto* row = find_setting(key);
    return origins.at(static_cast<std::size_t>(row - setting_table().data()));
}

std::variant<loaded_settings, std::vector<mistake>> load(const sources& from) {
    return collector(from).run();
}

std::string early_data_dir(const sources& from) {
    if (const auto flag = value_or_empty(from.flags, "--data-dir"); !flag.empty()) {
        return absolute(std::string(flag), from.on);
    }
    if (const auto variable = value_or_empty(from.environment, "MCP_ORCH_DATA_DIR");
        !variable.empty()) {
        return absolute(std::string(variable), from.on);
    }
    return default_data_dir(from);
}

} // namespace orch::config
