#include "mcp/handshake.hpp"

#include "core/json_writer.hpp"
#include "mcp/json_cursor.hpp"

#include <fmt/core.h>

namespace orch::mcp {

namespace {

constexpr std::string_view own_name = "mcp-orch";

message_fault missing(std::string_view member, std::string_view id) {
    return {code::invalid_params, fmt::format("\"{}\" is missing or of the wrong type", member),
            std::string(id)};
}

error missing_in_hello(std::string_view member) {
    return {errc::protocol_violation,
            fmt::format("the answer to initialize has no proper \"{}\"", member)};
}

struct implementation_info {
    std::string name;
    std::string version;
};

implementation_info read_implementation(ondemand::value& value) {
    implementation_info info;
    ondemand::object object;
    if (!value.raw_json_token().starts_with('{') || value.get_object().get(object)) {
        return info;
    }
    for_each_member(object, [&](std::string_view key, ondemand::value& member) {
        if (key == "name") {
            info.name = string_value(raw_value(member));
        } else if (key == "version") {
            info.version = string_value(raw_value(member));
        }
        return true;
    });
    return info;
}

std::string object_text(ondemand::value& value) {
    const std::string_view raw = raw_value(value);
    return raw.starts_with('{') ? std::string(raw) : std::string{};
}

void append_implementation(json_writer& json, std::string_view key, std::string_view name,
                           std::string_view version) {
    json.key(key)
        .begin_object()
        .key("name")
        .string(name)
        .key("version")
        .string(version)
        .end_object();
}

} // namespace

checked<client_hello> read_client_hello(std::string& text, const envelope& message) {
    json_cursor cursor;
    ondemand::object object;
    if (!message.params.of(text).starts_with('{') || cursor.open(text, message.params) ||
        cursor.object().get(object)) {
        return missing("params", message.id.of(text));
    }
    client_hello hello;
    for_each_member(object, [&](std::string_view key, ondemand::value& value) {
        if (key == "protocolVersion") {
            hello.requested_version = string_value(raw_value(value));
        } else if (key == "capabilities") {
            hello.capabilities = object_text(value);
        } else if (key == "clientInfo") {
            implementation_info info = read_implementation(value);
            hello.client_name = std::move(info.name);
            hello.client_version = std::move(info.version);
        }
        return true;
    });
    if (hello.requested_version.empty()) {
        return missing("params.protocolVersion", message.id.of(text));
    }
    if (hello.capabilities.empty()) {
        return missing("params.capabilities", message.id.of(text));
    }
    if (hello.client_name.empty()) {
        return missing("params.clientInfo.name", message.id.of(text));
    }
    return hello;
}

result<server_hello> read_server_hello(std::string& line, const envelope& message) {
    if (message.error.present()) {
        return error{errc::protocol_violation,
                     fmt::format("the server refused initialize: {}",
                                 read_call_outcome(line, message).rpc_message)};
    }
    json_cursor cursor;
    ondemand::object object;
    if (!message.result.of(line).starts_with('{') || cursor.open(line, message.result) ||
        cursor.object().get(object)) {
        return missing_in_hello("result");
    }
    server_hello hello;
    std::string version;
    const bool whole = for_each_member(object, [&](std::string_view key, ondemand::value& value) {
        if (key == "protocolVersion") {
            version = string_value(raw_value(value));
        } else if (key == "capabilities") {
            hello.capabilities = object_text(value);
        } else if (key == "instructions") {
            hello.instructions = string_value(raw_value(value));
        } else if (key == "serverInfo") {
            implementation_info info = read_implementation(value);
            hello.server_name = std::move(info.name);
            hello.server_version = std::move(info.version);
        }
        return true;
    });
    if (!whole || version.empty()) {
        return missing_in_hello(whole ? "protocolVersion" : "result");
    }
    const auto spoken = parse_revision(version);
    if (!spoken) {
        return error{errc::protocol_violation,
                     fmt::format("the server speaks only protocol version \"{}\"", version)};
    }
    if (hello.capabilities.empty() || hello.server_name.empty()) {
        return missing_in_hello(hello.capabilities.empty() ? "capabilities" : "serverInfo.name");
    }
    hello.version = *spoken;
    hello.offered = read_server_capabilities(hello.capabilities, hello.version);
    return hello;
}

std::string initialize_params(std::string_view orchestrator_version,
                              std::string_view client_capabilities) {
    std::string out;
    json_writer json(out);
    json.begin_object().key("protocolVersion").string(to_string(latest_revision));
    json.key("capabilities").raw(client_capabilities);
    append_implementation(json, "clientInfo", own_name, orchestrator_version);
    json.end_object();
    return out;
}

std::string initialize_result(revision version, std::string_view server_name,
                              std::string_view orchestrator_version,
                              const server_capabilities& offered, std::string_view instructions) {
    std::string out;
    json_writer json(out);
    json.begin_object().key("protocolVersion").string(to_string(version));
    json.key("capabilities").raw(to_json(known_to(version, offered)));
    append_implementation(json, "serverInfo", server_name, orchestrator_version);
    if (!instructions.empty()) {
        json.key("instructions").string(instructions);
    }
    json.end_object();
    return out;
}

} // namespace orch::mcp
