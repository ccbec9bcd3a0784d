#include "config/print.hpp"

#include "config/secret_mask.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace orch::config {

namespace {

std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out.append({'\\', c});
        } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
            out.append(fmt::format("\\u{:04X}", static_cast<unsigned>(c)));
        } else {
            out.push_back(c);
        }
    }
    return out + '"';
}

std::string quoted_list(std::string_view items) {
    std::string out;
    while (!items.empty()) {
        const auto comma = std::min(items.find(','), items.size());
        out.append(out.empty() ? "" : ", ").append(quoted(items.substr(0, comma)));
        items.remove_prefix(std::min(comma + 1, items.size()));
    }
    return fmt::format("[{}]", out);
}

std::string toml_value(const setting& row, const settings& values) {
    auto text = row.show(values);
    switch (row.shape) {
    case value_shape::number:
    case value_shape::boolean: return text;
    case value_shape::list: return quoted_list(text);
    case value_shape::text: break;
    }
    return quoted(row.privacy == secrecy::secret ? mask_connection(text) : text);
}

std::string default_text(const setting& row) {
    if (!row.default_note.empty()) {
        return std::string(row.default_note);
    }
    return fmt::format("`{}`", row.show(settings{}));
}

} // namespace

std::string print_settings(const loaded_settings& loaded) {
    std::string out;
    for (std::size_t i = 0; i < setting_table().size(); ++i) {
        const auto& row = setting_table()[i];
        const auto assignment = fmt::format("{} = {}", row.key, toml_value(row, loaded.values));
        out.append(fmt::format("{:<56} # {}\n", assignment, loaded.origins[i]));
    }
    return out;
}

std::string print_mistakes(const std::vector<mistake>& mistakes) {
    std::string out;
    for (const auto& each : mistakes) {
        out.append(fmt::format("{}: {}\n", each.where, each.what));
    }
    return out;
}

std::string reference_table() {
    std::string out = "| Key | Environment | Flag | Value | Default | Meaning |\n"
                      "|---|---|---|---|---|---|\n";
    for (const auto& row : setting_table()) {
        const auto flag = row.flag.empty() ? std::string{} : fmt::format("`{}`", row.flag);
        out.append(fmt::format("| `{}` | `{}` | {} | {} | {} | {}{} |\n", row.key,
                               environment_name(row), flag, row.accepts(), default_text(row),
                               row.help, row.privacy == secrecy::secret ? " Secret." : ""));
    }
    return out;
}

} // namespace orch::config
