#include "api/server_rules.hpp"

#include "api/text_rules.hpp"
#include "core/model/call_timeout.hpp"
#include "mcp/tool_name.hpp"
#include "net/same_origin.hpp"
#include "net/web_url.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace orch::api {

namespace {

constexpr std::size_t display_name_max = 255;
constexpr std::size_t description_max = 1'000;
constexpr std::size_t command_max = 4'096;
constexpr std::size_t value_max = 65'536;
constexpr std::size_t variables_max = 200;

using name_value_patches = std::map<std::string, patch<std::string>>;
using value_check = void (*)(const std::string& field, const std::string& value, fault_list&);

/// No NUL: the value goes to a program as it is, line breaks included.
void check_value(const std::string& field, const std::string& value, fault_list& faults) {
    if (value.size() > value_max) {
        faults.add(field, fmt::format("{}: longer than {} bytes", field, value_max));
    } else if (value.find('\0') != std::string::npos) {
        faults.add(field, fmt::format("{}: a NUL character", field));
    }
}

/// A line break would begin another header.
void check_header_value(const std::string& field, const std::string& value, fault_list& faults) {
    check_line(field, value, {value_max}, faults);
}

bool is_variable_name(std::string_view name) {
    return !name.empty() && name.size() <= 255 && std::all_of(name.begin(), name.end(), [](char c) {
        return c > 0x20 && c < 0x7F && c != '=';
    });
}

bool is_header_name(std::string_view name) {
    constexpr std::string_view others = "!#$%&'*+-.^_`|~";
    return !name.empty() && name.size() <= 255 &&
           std::all_of(name.begin(), name.end(), [&](char c) {
               return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                      others.find(c) != std::string_view::npos;
           });
}

void check_pairs(const std::string& field, const model::name_value_list& list,
                 bool (*is_name)(std::string_view), value_check check, fault_list& faults) {
    for (const auto& [name, value] : list) {
        const auto at = fmt::format("{}.{}", field, name.substr(0, 100));
        if (!is_name(name)) {
            faults.add(at, at + ": no name that can stand there");
        }
        check(at, value, faults);
    }
    if (list.size() > variables_max) {
        faults.add(field, fmt::format("{}: more than {} of them", field, variables_max));
    }
}

void apply_pairs(const name_value_patches& given, model::name_value_list& list) {
    for (const auto& [name, value] : given) {
        std::erase_if(list, [&](const auto& pair) { return pair.first == name; });
        if (value.value) {
            list.emplace_back(name, *value.value);
        }
    }
}

void apply_name(const std::string& wanted, model::server_entry& entry, fault_list& faults) {
    auto& name = entry.definition.name;
    if (!mcp::is_server_name(wanted)) {
        faults.add("name", "name: 1 to 40 of A-Z a-z 0-9 _ -, without __");
    } else if (name != wanted && !name.empty()) {
        std::erase(entry.aliases, wanted);
        entry.aliases.push_back(name);
    }
    name = wanted;
}

void apply_transport(const std::optional<std::string>& wanted, model::server_definition& server,
                     fault_list& faults) {
    if (wanted) {
        if (const auto kind = model::parse_transport(*wanted)) {
            server.kind = *kind;
        } else {
            faults.add("transport_type", "transport_type: stdio, streamable-http or sse");
        }
    }
}

/// What each transport needs.
void check_reachable(const model::server_definition& server, fault_list& faults) {
    if (server.kind == model::transport::stdio && server.command.empty()) {
        faults.add("command", "command: a stdio server needs one");
    }
    const bool is_url = server.url.starts_with("http://") || server.url.starts_with("https://");
    if (server.kind != model::transport::stdio && !is_url) {
        faults.add("url", "url: a remote server needs one that begins with http:// or https://");
    } else if (server.kind != model::transport::stdio) {
        const auto url = net::web_url::parse(server.url);
        if (!url) {
            faults.add("url", fmt::format("url: {}", url.error().detail));
        }
    }
}

void apply_policy(const std::string& wanted, model::server_definition& server, fault_list& faults) {
    if (const auto policy = model::parse_process_policy(wanted)) {
        server.policy = *policy;
    } else {
        faults.add(
            "process_policy",
            fmt::format("process_policy: auto, shared, per-session, per-user, pool or pool(n) "
                        "with n from 1 to {}",
                        model::process_policy::pool_size_max));
    }
}

void apply_texts(const update_server_request& wanted, model::server_definition& server) {
    server.display_name = wanted.display_name.value_or(server.display_name);
    server.description = wanted.description.value_or(server.description);
    server.command = wanted.command.value_or(server.command);
    server.args = wanted.args.value_or(server.args);
    server.cwd = wanted.cwd.value_or(server.cwd);
    server.url = wanted.url.value_or(server.url);
}

void check_texts(const model::server_definition& server, fault_list& faults) {
    check_line("display_name", server.display_name, {display_name_max}, faults);
    check_block("description", server.description, {description_max}, faults);
    check_line("command", server.command, {command_max}, faults);
    check_line("cwd", server.cwd, {command_max}, faults);
    check_line("url", server.url, {command_max}, faults);
    for (std::size_t i = 0; i < server.args.size(); ++i) {
        check_value(fmt::format("args[{}]", i), server.args[i], faults);
    }
}

/// What was given for one place is not for another: else whoever may change the URL could have the
/// secrets of others sent to a server of their own.
void leave_headers_behind(const std::string& url_before, model::server_definition& server) {
    if (!url_before.empty() && !net::have_same_origin(url_before, server.url)) {
        server.headers.clear();
    }
}

std::string timeout_expected() {
    using std::chrono::seconds;
    return fmt::format("timeout: {} to {} seconds",
                       std::chrono::duration_cast<seconds>(model::call_timeout_min).count(),
                       std::chrono::duration_cast<seconds>(model::call_timeout_max).count());
}

void apply_timeout(const std::optional<double>& seconds, model::server_definition& server,
                   fault_list& faults) {
    if (!seconds) {
        return;
    }
    const std::chrono::duration<double> wanted{*seconds};
    if (model::is_call_timeout(wanted)) {
        server.call_timeout = std::chrono::duration_cast<std::chrono::milliseconds>(wanted);
    } else {
        faults.add("timeout", timeout_expected());
    }
}

auto launch_of(const model::server_definition& server) {
    return std::tie(server.kind, server.command, server.args, server.cwd, server.env);
}

void check_env(const model::server_definition& server, fault_list& faults) {
    check_pairs("env", server.env, is_variable_name, check_value, faults);
}

void check_headers(const model::server_definition& server, fault_list& faults) {
    check_pairs("headers", server.headers, is_header_name, check_header_value, faults);
}

std::optional<name_value_patches>
patches_of(const std::optional<std::map<std::string, std::string>>& given) {
    if (!given) {
        return std::nullopt;
    }
    name_value_patches patches;
    for (const auto& [name, value] : *given) {
        patches[name] = {true, value};
    }
    return patches;
}

} // namespace

result<void> apply(const create_server_request& wanted, model::server_entry& entry) {
    const bool remote = !wanted.transport_type && wanted.url && !wanted.command;
    update_server_request change{wanted.name,
                                 wanted.display_name.value_or(wanted.name),
                                 wanted.description,
                                 remote ? std::optional<std::string>("streamable-http")
                                        : wanted.transport_type,
                                 wanted.command,
                                 wanted.args,
                                 patches_of(wanted.env),
                                 wanted.cwd,
                                 wanted.url,
                                 patches_of(wanted.headers),
                                 wanted.timeout,
                                 wanted.is_enabled,
                                 wanted.jwt_auth_required,
                                 wanted.process_policy};
    return apply(change, entry);
}

result<void> apply(const update_server_request& wanted, model::server_entry& entry) {
    fault_list faults;
    auto& server = entry.definition;
    if (wanted.name) {
        apply_name(*wanted.name, entry, faults);
    }
    apply_transport(wanted.transport_type, server, faults);
    const auto url_before = server.url;
    apply_texts(wanted, server);
    leave_headers_behind(url_before, server);
    if (wanted.env) {
        apply_pairs(*wanted.env, server.env);
        check_env(server, faults);
    }
    if (wanted.headers) {
        apply_pairs(*wanted.headers, server.headers);
        check_headers(server, faults);
    }
    apply_timeout(wanted.timeout, server, faults);
    server.enabled = wanted.is_enabled.value_or(server.enabled);
    if (wanted.jwt_auth_required.given) {
        server.auth_required = wanted.jwt_auth_required.value;
    }
    if (wanted.process_policy) {
        apply_policy(*wanted.process_policy, server, faults);
    }
    check_texts(server, faults);
    check_reachable(server, faults);
    return faults.outcome();
}

result<void> check_definition(const model::server_definition& server) {
    fault_list faults;
    check_texts(server, faults);
    check_env(server, faults);
    check_headers(server, faults);
    check_reachable(server, faults);
    if (!model::is_call_timeout(server.call_timeout)) {
        faults.add("timeout", timeout_expected());
    }
    return faults.outcome();
}

result<void> check_name_is_free(const model::server_entry& entry, const model::registry& registry) {
    const auto* other = registry.find_server(entry.definition.project, entry.definition.name);
    return other == nullptr || other->definition.id == entry.definition.id
               ? result<void>{}
               : result<void>{error{errc::conflict, "name: a server of this name exists"}};
}

bool may_set_commands(const context& context, const incoming& in, const project_id& project) {
    if (in.who.kind == principal::kind::local_admin) {
        return true;
    }
    const auto* user = in.registry->find_user(in.who.user);
    const auto* member = in.registry->find_member(project, in.who.user);
    const bool admin = user != nullptr && user->is_admin;
    const bool owner = member != nullptr && member->role == model::role::owner;
    const auto setting = context.options.stdio_servers;
    return setting == stdio_policy::developer ||
           (setting == stdio_policy::owner && (owner || admin)) ||
           (setting == stdio_policy::admin && admin);
}

result<void> check_may_define(const context& context, const incoming& in,
                              const model::server_definition& after,
                              const model::server_definition* before) {
    const bool runs = after.kind == model::transport::stdio;
    const bool same = before != nullptr && launch_of(after) == launch_of(*before);
    return !runs || same || may_set_commands(context, in, after.project)
               ? result<void>{}
               : result<void>{
                     error{errc::forbidden,
                           fmt::format("What a stdio server runs may not be set by you here "
                                       "(security.stdio_servers = {}).",
                                       to_string(context.options.stdio_servers))}};
}

result<void> check_may_open(const context& context, const model::server_definition& server) {
    const bool opens = server.auth_required == false;
    return opens && !context.options.public_allowed
               ? result<void>{error{errc::conflict,
                                    "jwt_auth_required: other machines reach this listener, so "
                                    "clients without a key take security.allow_public = true"}}
               : result<void>{};
}

} // namespace orch::api
