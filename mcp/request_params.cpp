#include "mcp/request_params.hpp"

#include "mcp/item_list.hpp"
#include "mcp/json_cursor.hpp"
#include "mcp/task.hpp"

#include <fmt/core.h>

#include <array>

namespace orch::mcp {

namespace {

constexpr std::array<routed_method, 7> routed_methods{{
    {"tools/call", request_target::tool, "tools"},
    {"prompts/get", request_target::prompt, "prompts"},
    {"resources/read", request_target::resource, "resources"},
    {"completion/complete", request_target::reference, "completions"},
    {"tasks/get", request_target::task, "tasks"},
    {"tasks/result", request_target::task, "tasks"},
    {"tasks/cancel", request_target::task, "tasks.cancel"},
}};

/// Reads the params of one message; the first fault counts.
class params_reader {
public:
    params_reader(std::string& text, const envelope& message, request_target target)
        : text_(text), message_(message), target_(target) {}

    checked<request_params> read();

private:
    void member(std::string_view key, ondemand::value& value);
    void read_meta(ondemand::value& meta);
    void read_reference(ondemand::value& reference);
    void check_name();
    void check_rest();
    void complain(std::string detail);
    [[nodiscard]] std::string_view name_key() const noexcept;
    [[nodiscard]] std::string place_of_name() const;

    std::string& text_;
    const envelope& message_;
    const request_target target_;
    request_params params_;
    slice reference_type_;
    std::string fault_;
};

checked<request_params> params_reader::read() {
    json_cursor cursor;
    ondemand::object object;
    if (!message_.params.present() && target_ == request_target::nothing) {
        return params_;
    }
    if (!message_.params.of(text_).starts_with('{') || cursor.open(text_, message_.params) ||
        cursor.object().get(object)) {
        complain("\"params\" is missing or not an object");
    } else if (!for_each_member(object, [this](std::string_view key, ondemand::value& value) {
                   member(key, value);
                   return true;
               })) {
        complain("\"params\" is malformed");
    }
    if (target_ != request_target::nothing) {
        check_name();
    }
    check_rest();
    if (!fault_.empty()) {
        return message_fault{code::invalid_params, std::move(fault_),
                             std::string(message_.id.of(text_))};
    }
    return std::move(params_);
}

std::string_view params_reader::name_key() const noexcept {
    return target_ == request_target::resource ? "uri"
           : target_ == request_target::task   ? "taskId"
                                               : "name";
}

void params_reader::member(std::string_view key, ondemand::value& value) {
    const bool named = target_ != request_target::nothing && target_ != request_target::reference;
    if (named && key == name_key()) {
        params_.name = slice_of(text_, raw_value(value));
    } else if (key == "arguments") {
        params_.arguments = slice_of(text_, raw_value(value));
    } else if (key == "_meta") {
        read_meta(value);
    } else if (key == "task" && target_ == request_target::tool) {
        params_.task = slice_of(text_, raw_value(value));
    } else if (key == "ref" && target_ == request_target::reference) {
        read_reference(value);
    }
}

void params_reader::read_meta(ondemand::value& meta) {
    ondemand::object object;
    if (!meta.raw_json_token().starts_with('{') || meta.get_object().get(object)) {
        return;
    }
    for_each_member(object, [this](std::string_view key, ondemand::value& value) {
        if (key == "progressToken") {
            params_.progress_token = slice_of(text_, raw_value(value));
        } else if (key == related_task_key) {
            params_.related_task = slice_of(text_, raw_value(value));
        }
        return true;
    });
}

void params_reader::read_reference(ondemand::value& reference) {
    ondemand::object object;
    if (!reference.raw_json_token().starts_with('{') || reference.get_object().get(object)) {
        return;
    }
    slice name;
    slice uri;
    for_each_member(object, [&](std::string_view key, ondemand::value& value) {
        slice* part = key == "type"   ? &reference_type_
                      : key == "name" ? &name
                      : key == "uri"  ? &uri
                                      : nullptr;
        if (part != nullptr) {
            *part = slice_of(text_, raw_value(value));
        }
        return true;
    });
    const auto type = reference_type_.of(text_);
    params_.is_prompt = type == R"("ref/prompt")";
    if (!params_.is_prompt && type != R"("ref/resource")") {
        complain("\"params.ref.type\" is neither \"ref/prompt\" nor \"ref/resource\"");
    }
    params_.name = params_.is_prompt ? name : uri;
}

std::string params_reader::place_of_name() const {
    if (target_ == request_target::reference) {
        return params_.is_prompt ? "params.ref.name" : "params.ref.uri";
    }
    return fmt::format("params.{}", name_key());
}

void params_reader::check_name() {
    const std::string_view name = params_.name.of(text_);
    if (!is_string(name)) {
        complain(fmt::format("\"{}\" is missing or not a string", place_of_name()));
        return;
    }
    params_.named = string_value(name);
    const bool is_uri = target_ == request_target::resource ||
                        (target_ == request_target::reference && !params_.is_prompt);
    // As long as the lists have them.
    const auto limit = target_ == request_target::task
                           ? sealed_task_bytes_max
                           : shape_of(is_uri ? model::list_kind::resources
                                             : model::list_kind::tools)
                                 .key_bytes_max;
    if (params_.named.size() > limit) {
        complain(fmt::format("\"{}\" is longer than {} bytes", place_of_name(), limit));
    }
}

void params_reader::check_rest() {
    if (params_.arguments.present() && !params_.arguments.of(text_).starts_with('{') &&
        target_ != request_target::nothing) {
        complain("\"params.arguments\" is not an object");
    }
    if (params_.progress_token.size > token_bytes_max) {
        complain(
            fmt::format("\"params._meta.progressToken\" is longer than {} bytes", token_bytes_max));
    }
}

void params_reader::complain(std::string detail) {
    if (fault_.empty()) {
        fault_ = std::move(detail);
    }
}

} // namespace

const routed_method* find_routed(std::string_view method) noexcept {
    for (const auto& known : routed_methods) {
        if (known.method == method) {
            return &known;
        }
    }
    return nullptr;
}

checked<request_params> parse_request_params(std::string& text, const envelope& message,
                                             request_target target) {
    return params_reader(text, message, target).read();
}

} // namespace orch::mcp
