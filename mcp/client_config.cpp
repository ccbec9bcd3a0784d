#include "mcp/client_config.hpp"

#include "core/json_writer.hpp"
#include "mcp/client_config_entry.hpp"
#include "mcp/tool_name.hpp"

#include <boost/json.hpp>
#include <fmt/core.h>

#include <algorithm>
#include <set>

namespace orch::mcp {

namespace {

namespace json = boost::json;

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

error file_fault(std::string detail) { return {errc::invalid_argument, std::move(detail)}; }

result<json::value> parse_lenient(std::string_view text) {
    json::parse_options options;
    options.allow_comments = true;
    options.allow_trailing_commas = true;
    json::stream_parser parser({}, options);
    json::error_code failure;
    const std::size_t read = parser.write_some(text.data(), text.size(), failure);
    if (!failure && read < text.size()) {
        failure = json::error::extra_data;
    }
    if (!failure) {
        parser.finish(failure);
    }
    if (failure) {
        const auto line = 1 +
                          std::count(text.begin(), text.begin() + static_cast<long>(read), '\n');
        return file_fault(
            fmt::format("the file is not valid JSON: {} in line {}", failure.message(), line));
    }
    return parser.release();
}

bool looks_like_entry(const json::object& object) {
    return object.contains("command") || object.contains("url") || object.contains("serverUrl");
}

const json::object* wrapped_map(const json::object& root, std::string_view key) {
    const json::value* const value = root.if_contains(key);
    const json::object* const map = value == nullptr ? nullptr : value->if_object();
    // A bare map may hold a server of that name.
    return map != nullptr && !looks_like_entry(*map) ? map : nullptr;
}

/// The map of servers in any of the shapes of the field; nothing when there is none.
const json::object* find_servers(const json::object& root) {
    for (const std::string_view key : {"mcpServers", "servers"}) {
        if (const json::object* const map = wrapped_map(root, key)) {
            return map;
        }
    }
    if (const json::object* const settings = wrapped_map(root, "mcp")) {
        if (const json::object* const map = wrapped_map(*settings, "servers")) {
            return map;
        }
    }
    const bool bare = std::any_of(root.begin(), root.end(), [](const auto& member) {
        return member.value().is_object() && looks_like_entry(member.value().get_object());
    });
    return bare || root.empty() ? &root : nullptr;
}

std::string free_name(const std::string& wanted, const std::set<std::string>& taken) {
    std::string name = wanted;
    for (int number = 2; taken.contains(name); ++number) {
        const std::string suffix = fmt::format("_{}", number);
        name = wanted.substr(0, server_name_max - suffix.size());
        // "__" is no part of a server name.
        name.resize(name.find_last_not_of('_') + 1);
        name += suffix;
    }
    return name;
}

void give_names(std::vector<imported_server>& servers) {
    std::set<std::string> taken;
    for (imported_server& server : servers) {
        if (is_server_name(server.original_name)) {
            server.name = server.original_name;
            taken.insert(server.name);
        }
    }
    for (imported_server& server : servers) {
        if (server.name.empty()) {
            server.name = free_name(derive_server_name(server.original_name), taken);
            taken.insert(server.name);
        }
    }
}

void append_quoted_member(std::string& out, std::string_view indent, std::string_view key,
                          std::string_view value) {
    out += indent;
    append_json_string(out, key);
    out += ": ";
    append_json_string(out, value);
}

} // namespace

result<std::vector<imported_server>> read_client_config(std::string_view text) {
    if (text.starts_with(byte_order_mark)) {
        text.remove_prefix(byte_order_mark.size());
    }
    const auto root = parse_lenient(text);
    if (!root) {
        return root.error();
    }
    const json::object* const object = root->if_object();
    const json::object* const map = object == nullptr ? nullptr : find_servers(*object);
    if (map == nullptr) {
        return file_fault("the file holds no map of servers such as {\"mcpServers\": {…}}");
    }
    std::vector<imported_server> servers;
    for (const auto& member : *map) {
        const std::string_view key{member.key().data(), member.key().size()};
        if (map == object && (key == "$schema" || key == "inputs")) {
            continue;
        }
        servers.push_back(read_config_entry(member.value()));
        servers.back().original_name = key;
    }
    give_names(servers);
    return servers;
}

std::string write_client_config(const std::vector<endpoint_entry>& endpoints,
                                std::string_view bearer_key) {
    std::string out = "{\n  \"mcpServers\": {";
    for (const endpoint_entry& endpoint : endpoints) {
        out += &endpoint == &endpoints.front() ? "\n    " : ",\n    ";
        append_json_string(out, endpoint.name);
        out += ": {\n";
        append_quoted_member(out, "      ", "type", endpoint.type);
        out += ",\n";
        append_quoted_member(out, "      ", "url", endpoint.url);
        out += ",\n      \"headers\": {\n";
        append_quoted_member(out, "        ", "Authorization",
                             fmt::format("Bearer {}", bearer_key));
        out += "\n      }\n    }";
    }
    out += endpoints.empty() ? "}\n}\n" : "\n  }\n}\n";
    return out;
}

} // namespace orch::mcp
