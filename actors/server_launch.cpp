#include "actors/server_launch.hpp"

#include "core/ascii.hpp"
#include "core/json_writer.hpp"
#include "crypto/digest.hpp"
#include "crypto/encoding.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace orch::actors {

namespace {

model::name_value_list merged(const model::name_value_list& base,
                              const model::name_value_list& own) {
    model::name_value_list both;
    std::copy_if(base.begin(), base.end(), std::back_inserter(both), [&](const auto& variable) {
        return std::none_of(own.begin(), own.end(),
                            [&](const auto& mine) { return mine.first == variable.first; });
    });
    both.insert(both.end(), own.begin(), own.end());
    return both;
}

/// Those that the transport itself sets, by lower-case name; configurations in the field repeat
/// some of them.
constexpr std::array<std::string_view, 12> own_headers{"accept",
                                                       "accept-encoding",
                                                       "connection",
                                                       "content-length",
                                                       "content-type",
                                                       "host",
                                                       "last-event-id",
                                                       "mcp-protocol-version",
                                                       "mcp-session-id",
                                                       "transfer-encoding",
                                                       "proxy-authorization",
                                                       "upgrade"};

bool is_header_name(std::string_view name) {
    return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
        return c > ' ' && c < 0x7F &&
               std::string_view("\"(),/:;<=>?@[\\]{}").find(c) == std::string_view::npos;
    });
}

bool is_header_value(std::string_view value) {
    return std::none_of(value.begin(), value.end(),
                        [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

result<remote_spec> remote_launch_of(const model::server_definition& server,
                                     const server_services& services) {
    auto url = net::web_url::parse(server.url);
    if (!url) {
        return error{errc::invalid_argument, "url: " + url.error().detail};
    }
    remote_spec spec;
    spec.url = std::move(*url);
    spec.speaks = server.kind == model::transport::sse ? remote_spec::dialect::events
                                                       : remote_spec::dialect::streamable;
    spec.options = services.remote;
    spec.patience = services.options.handshake_timeout;
    spec.user_agent = fmt::format("mcp-orch/{}", services.version);
    for (const auto& [name, value] : server.headers) {
        const auto known = ascii_lowered(name);
        if (!is_header_name(name) || !is_header_value(value)) {
            // The value may be a secret, so only the name is told.
            return error{errc::invalid_argument,
                         fmt::format("headers.{}: a name or value that no header can have",
                                     name.substr(0, 100))};
        }
        if (known == "user-agent") {
            spec.user_agent = value;
        } else if (std::find(own_headers.begin(), own_headers.end(), known) == own_headers.end()) {
            spec.headers.emplace_back(name, value);
        }
    }
    return spec;
}

} // namespace

result<server_launch> launch_of(const model::server_definition& server,
                                const server_services& services) {
    if (server.kind != model::transport::stdio) {
        auto remote = remote_launch_of(server, services);
        return remote ? result<server_launch>(std::move(*remote)) : remote.error();
    }
    net::launch_spec spec;
    spec.program = server.command;
    spec.arguments = server.args;
    spec.environment = merged(services.base_environment, server.env);
    spec.directory = server.cwd;
    spec.launcher = services.launcher;
    spec.grace = services.options.server_stop_grace;
    return server_launch(std::move(spec));
}

std::string launch_digest(const model::server_definition& server) {
    std::string text;
    json_writer writer(text);
    writer.begin_array().string(server.command).string(server.cwd).begin_array();
    for (const auto& argument : server.args) {
        writer.string(argument);
    }
    writer.end_array().begin_array();
    for (const auto& [name, value] : server.env) {
        writer.string(name);
    }
    writer.end_array().end_array();
    return crypto::to_hex(crypto::sha256(text));
}

bool same_launch(const model::server_definition& left, const model::server_definition& right) {
    return left.kind == right.kind && left.command == right.command && left.args == right.args &&
           left.env == right.env && left.cwd == right.cwd && left.url == right.url &&
           left.headers == right.headers;
}

} // namespace orch::actors
