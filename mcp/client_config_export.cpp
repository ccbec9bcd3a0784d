#include "mcp/client_config.hpp"

#include "core/json_writer.hpp"

#include <fmt/format.h>

namespace orch::mcp {

namespace {

/// A variable or header of a server, whose value is asked for.
std::string input_id(const model::server_definition& server, const std::string& name) {
    return fmt::format("{}-{}", server.name, name);
}

std::string placeholder(const model::server_definition& server, const std::string& name,
                        config_format format) {
    return format == config_format::vscode ? fmt::format("${{input:{}}}", input_id(server, name))
                                           : fmt::format("${{{}}}", name);
}

void write_pairs(json_writer& out, std::string_view key, const model::server_definition& server,
                 const model::name_value_list& pairs, config_format format) {
    if (pairs.empty()) {
        return;
    }
    out.key(key).begin_object();
    for (const auto& [name, value] : pairs) {
        out.key(name).string(placeholder(server, name, format));
    }
    out.end_object();
}

void write_text(json_writer& out, std::string_view key, const std::string& text) {
    if (!text.empty()) {
        out.key(key).string(text);
    }
}

void write_launch(json_writer& out, const model::server_definition& server, config_format format) {
    out.key("command").string(server.command);
    out.key("args").begin_array();
    for (const auto& argument : server.args) {
        out.string(argument);
    }
    out.end_array();
    write_pairs(out, "env", server, server.env, format);
    write_text(out, "cwd", server.cwd);
}

void write_server(json_writer& out, const model::server_definition& server, config_format format) {
    const bool is_stdio = server.kind == model::transport::stdio;
    const bool is_http = server.kind == model::transport::streamable_http;
    out.key(server.name).begin_object();
    // VS Code knows streamable HTTP by a shorter name.
    out.key("type").string(
        is_http && format == config_format::vscode ? "http" : model::to_string(server.kind));
    if (is_stdio) {
        write_launch(out, server, format);
    } else {
        out.key("url").string(server.url);
        write_pairs(out, "headers", server, server.headers, format);
    }
    write_text(out, "description", server.description);
    out.key("timeout").number(std::chrono::duration<double>(server.call_timeout).count());
    out.key("disabled").boolean(!server.enabled).end_object();
}

void write_inputs(json_writer& out, const model::server_definition& server) {
    const bool is_stdio = server.kind == model::transport::stdio;
    for (const auto& [name, value] : is_stdio ? server.env : server.headers) {
        out.begin_object()
            .key("id")
            .string(input_id(server, name))
            .key("type")
            .string("promptString")
            .key("description")
            .string(fmt::format("{} of {}", name, server.name))
            .key("password")
            .boolean(true)
            .end_object();
    }
}

} // namespace

std::optional<config_format> parse_config_format(std::string_view text) noexcept {
    if (text.empty() || text == "mcpServers" || text == "claude" || text == "cline" ||
        text == "cursor") {
        return config_format::mcp_servers;
    }
    return text == "vscode" ? std::optional(config_format::vscode) : std::nullopt;
}

std::string export_client_config(const std::vector<const model::server_definition*>& servers,
                                 config_format format) {
    std::string text;
    json_writer out(text);
    out.begin_object();
    if (format == config_format::vscode) {
        out.key("inputs").begin_array();
        for (const auto* server : servers) {
            write_inputs(out, *server);
        }
        out.end_array();
    }
    out.key(format == config_format::vscode ? "servers" : "mcpServers").begin_object();
    for (const auto* server : servers) {
        write_server(out, *server, format);
    }
    out.end_object().end_object();
    return text;
}

} // namespace orch::mcp
