#include "mcp/client_config_entry.hpp"

#include "core/model/call_timeout.hpp"

#include <boost/json.hpp>
#include <fmt/core.h>

#include <cmath>

namespace orch::mcp {

namespace {

namespace json = boost::json;

constexpr double timeout_seconds_max =
    std::chrono::duration<double>(model::call_timeout_max).count();

constexpr std::string_view input_opening = "${input:";

std::string text_of(const json::string& text) { return {text.data(), text.size()}; }

class entry_reader {
public:
    explicit entry_reader(const json::object& fields) : fields_(fields) {}

    imported_server read();

private:
    const json::value* find(std::string_view field) const;
    std::optional<std::string> text(std::string_view field);
    std::optional<bool> boolean(std::string_view field);
    std::optional<std::vector<std::string>> list(std::string_view field);
    std::optional<model::name_value_list> map(std::string_view field);
    std::string checked_text(const json::string& value, std::string_view place);
    void read_timeout();
    void read_enabled();
    void read_transport();
    void fault(std::string sentence);

    const json::object& fields_;
    imported_server out_;
};

imported_server entry_reader::read() {
    out_.command = text("command");
    out_.args = list("args");
    out_.env = map("env");
    out_.cwd = text("cwd");
    out_.url = text("url");
    if (!out_.url) {
        out_.url = text("serverUrl");
    }
    out_.headers = map("headers");
    out_.description = text("description");
    read_timeout();
    read_enabled();
    read_transport();
    return std::move(out_);
}

/// `null` is as good as absent: editors write it for fields that were cleared.
const json::value* entry_reader::find(std::string_view field) const {
    const json::value* const value = fields_.if_contains(field);
    return value != nullptr && value->is_null() ? nullptr : value;
}

std::optional<std::string> entry_reader::text(std::string_view field) {
    const json::value* const value = find(field);
    if (value == nullptr) {
        return std::nullopt;
    }
    if (!value->is_string()) {
        fault(fmt::format("\"{}\" is not a string", field));
        return std::nullopt;
    }
    return checked_text(value->get_string(), field);
}

std::optional<bool> entry_reader::boolean(std::string_view field) {
    const json::value* const value = find(field);
    if (value == nullptr) {
        return std::nullopt;
    }
    if (!value->is_bool()) {
        fault(fmt::format("\"{}\" is neither true nor false", field));
        return std::nullopt;
    }
    return value->get_bool();
}

std::optional<std::vector<std::string>> entry_reader::list(std::string_view field) {
    const json::value* const value = find(field);
    if (value == nullptr) {
        return std::nullopt;
    }
    if (!value->is_array()) {
        fault(fmt::format("\"{}\" is not a list", field));
        return std::nullopt;
    }
    std::vector<std::string> out;
    for (const json::value& element : value->get_array()) {
        const std::string place = fmt::format("{}[{}]", field, out.size());
        if (!element.is_string()) {
            fault(fmt::format("\"{}\" is not a string", place));
            return std::nullopt;
        }
        out.push_back(checked_text(element.get_string(), place));
    }
    return out;
}

std::optional<model::name_value_list> entry_reader::map(std::string_view field) {
    const json::value* const value = find(field);
    if (value == nullptr) {
        return std::nullopt;
    }
    if (!value->is_object()) {
        fault(fmt::format("\"{}\" is not an object", field));
        return std::nullopt;
    }
    model::name_value_list out;
    for (const auto& member : value->get_object()) {
        const std::string_view key{member.key().data(), member.key().size()};
        const std::string place = fmt::format("{}.{}", field, key);
        if (!member.value().is_string()) {
            fault(fmt::format("\"{}\" is not a string", place));
            return std::nullopt;
        }
        // The system cuts "A=B" at the first '=': it would set another variable.
        if (key.empty() || key.find_first_of(std::string_view("=\0", 2)) != key.npos) {
            fault(fmt::format("\"{}\" holds a name that is empty, or has '=' or NUL in it", field));
            return std::nullopt;
        }
        const auto& content = member.value().get_string();
        out.emplace_back(key, input_named({content.data(), content.size()}).empty()
                                  ? checked_text(content, place)
                                  : text_of(content));
    }
    return out;
}

/// Editors ask a person for inputs; nobody can be asked here.
std::string entry_reader::checked_text(const json::string& value, std::string_view place) {
    std::string out = text_of(value);
    const std::size_t at = out.find(input_opening);
    if (at != std::string::npos) {
        const std::size_t name = at + input_opening.size();
        fault(input_needed(place, out.substr(name, out.find('}', name) - name)));
    }
    if (out.find('\0') != std::string::npos) {
        fault(fmt::format("\"{}\" holds a NUL character", place));
    }
    return out;
}

void entry_reader::read_timeout() {
    const json::value* const value = find("timeout");
    if (value == nullptr) {
        return;
    }
    json::error_code failure;
    const double seconds = value->is_number() ? value->to_number<double>(failure) : 0;
    if (failure || !(seconds > 0) || seconds > timeout_seconds_max) {
        fault(fmt::format("\"timeout\" is not a number of seconds up to {}", timeout_seconds_max));
        return;
    }
    out_.call_timeout = std::chrono::milliseconds{std::llround(std::ceil(seconds * 1000))};
}

void entry_reader::read_enabled() {
    const auto enabled = boolean("enabled");
    const auto disabled = boolean("disabled");
    if (enabled || disabled) {
        out_.enabled = enabled.value_or(true) && !disabled.value_or(false);
    }
}

void entry_reader::read_transport() {
    for (const std::string_view field : {"type", "transport", "transportType"}) {
        const auto spelling = text(field);
        if (!spelling || out_.kind) {
            continue;
        }
        out_.kind = model::parse_transport(*spelling);
        if (!out_.kind) {
            fault(fmt::format("\"{}\" names an unknown transport \"{}\"", field, *spelling));
        }
    }
    const bool has_command = out_.command && !out_.command->empty();
    const bool has_url = out_.url && !out_.url->empty();
    if (!has_command && !has_url) {
        fault("neither \"command\" nor \"url\" is given");
    } else if (!out_.kind) {
        const bool sse = has_url && out_.url->ends_with("/sse");
        out_.kind = has_command ? model::transport::stdio
                    : sse       ? model::transport::sse
                                : model::transport::streamable_http;
    } else if ((*out_.kind == model::transport::stdio) != has_command &&
               !(has_command && has_url)) {
        fault(fmt::format("the transport \"{}\" needs a \"{}\"", model::to_string(*out_.kind),
                          has_command ? "url" : "command"));
    }
}

void entry_reader::fault(std::string sentence) {
    if (out_.fault.empty()) {
        out_.fault = std::move(sentence);
    }
}

} // namespace

std::string input_needed(std::string_view place, std::string_view input) {
    return fmt::format("\"{}\" needs the input \"{}\"; put its value in its place", place, input);
}

std::string_view input_named(std::string_view value) noexcept {
    const auto end = value.find('}');
    return value.starts_with(input_opening) && end == value.size() - 1
               ? value.substr(input_opening.size(), end - input_opening.size())
               : std::string_view{};
}

imported_server read_config_entry(const json::value& entry) {
    if (!entry.is_object()) {
        imported_server out;
        out.fault = "the entry is not an object";
        return out;
    }
    return entry_reader(entry.get_object()).read();
}

} // namespace orch::mcp
