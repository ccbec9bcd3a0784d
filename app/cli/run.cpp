#include "app/cli/run.hpp"

#include "app/cli/admin_transport.hpp"
#include "app/cli/connect_verb.hpp"
#include "app/cli/doctor.hpp"
#include "app/cli/verbs.hpp"
#include "app/cli/version.hpp"
#include "config/print.hpp"
#include "config/sources.hpp"
#include "core/byte_sizes.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <fstream>
#include <iostream>

namespace orch::app::cli {

namespace {

result<std::string> read_text(const std::string& path) {
    // The largest body that the orchestrator takes in by default.
    constexpr std::size_t bytes_max = 16 * mib;
    std::ifstream file(path, std::ios::binary);
    std::string text(bytes_max + 1, '\0');
    if (!file || !file.read(text.data(), static_cast<std::streamsize>(text.size())).eof()) {
        return error{errc::io_failure,
                     fmt::format("{} cannot be read or is larger than 16 MiB", path)};
    }
    text.resize(static_cast<std::size_t>(file.gcount()));
    return text;
}

/// Verbs that need the running orchestrator get a client for its socket.
template <class Ask>
outcome with_admin(const config_inputs& inputs, Ask ask) {
    auto loaded = read_settings(inputs);
    if (auto* wrong = std::get_if<outcome>(&loaded)) {
        return std::move(*wrong);
    }
    const auto& settings = std::get<config::loaded_settings>(loaded).values;
    return ask(admin_client(over_admin_socket(settings)));
}

std::string given_or_environment(const std::string& given, const char* variable) {
    const char* value = given.empty() ? std::getenv(variable) : nullptr;
    return value != nullptr ? value : given;
}

outcome connect_elsewhere(connect_command wanted) {
    auto peer = peer_of(wanted.url);
    if (!peer) {
        return {exit_code::usage, {}, "mcp-orch: " + peer.error().detail + "\n"};
    }
    wanted.key = given_or_environment(wanted.key, std::string(config::key_variable).c_str());
    return connect_stdio(
        wanted, {.peer = std::move(*peer), .key = wanted.key, .not_running = [](const error& why) {
                     return why;
                 }});
}

struct runner {
    outcome operator()(const import_command& wanted) const {
        const auto text = read_text(wanted.file);
        if (!text) {
            return failure(text.error());
        }
        return with_admin(wanted.inputs, [&](const admin_client& admin) {
            return import_servers(wanted, *text, admin);
        });
    }
    outcome operator()(const servers_command& wanted) const {
        return with_admin(wanted.inputs,
                          [&](const admin_client& admin) { return list_servers(wanted, admin); });
    }
    outcome operator()(const call_command& wanted) const {
        return with_admin(wanted.inputs,
                          [&](const admin_client& admin) { return call_tool(wanted, admin); });
    }
    outcome operator()(connect_command wanted) const {
        if (!wanted.url.empty()) {
            return connect_elsewhere(std::move(wanted));
        }
        const auto loaded = read_settings(wanted.inputs);
        if (const auto* wrong = std::get_if<outcome>(&loaded)) {
            return *wrong;
        }
        const auto& settings = std::get<config::loaded_settings>(loaded).values;
        return connect_stdio(wanted, {.peer = {settings.http.unix_socket, {}, {}},
                                      .key = {},
                                      .line_bytes_max = settings.http.body_bytes_max,
                                      .not_running = [&settings](const error& why) {
                                          return not_running(settings, why.detail);
                                      }});
    }
    outcome operator()(resource_command wanted) const {
        for (auto& [flag, values] : wanted.values) {
            // Of a secret only the flag is on the command line, where others could read it.
            if (values.empty()) {
                std::getline(std::cin, values.emplace_back());
            }
        }
        return with_admin(wanted.inputs, [&](const admin_client& admin) {
            return ask_for_resource(wanted, admin);
        });
    }
    outcome operator()(migrate_command wanted) const {
        wanted.source = given_or_environment(wanted.source, "DATABASE_URL");
        wanted.fernet_key = given_or_environment(wanted.fernet_key, "MCP_ENCRYPTION_KEY");
        if (wanted.source.empty()) {
            return {exit_code::usage,
                    {},
                    "mcp-orch: --source or DATABASE_URL must name the database to read\n"};
        }
        return with_admin(wanted.inputs, [&](const admin_client& admin) {
            return migrate_from_original(wanted, admin);
        });
    }
    outcome operator()(const doctor_command& wanted) const {
        return diagnosis(examine(config::gather(wanted.inputs.flags, wanted.inputs.file)));
    }
    outcome operator()(const config_print_command& wanted) const {
        auto loaded = read_settings(wanted.inputs);
        if (auto* wrong = std::get_if<outcome>(&loaded)) {
            return std::move(*wrong);
        }
        return {
            exit_code::ok, config::print_settings(std::get<config::loaded_settings>(loaded)), {}};
    }
    outcome operator()(const version_command&) const {
        return {exit_code::ok, fmt::format("mcp-orch {}\n", version()), {}};
    }
};

} // namespace

std::variant<config::loaded_settings, outcome> read_settings(const config_inputs& inputs) {
    auto loaded = config::load(config::gather(inputs.flags, inputs.file));
    if (const auto* mistakes = std::get_if<std::vector<config::mistake>>(&loaded)) {
        return outcome{exit_code::configuration,
                       {},
                       "mcp-orch: the configuration is wrong\n" +
                           config::print_mistakes(*mistakes)};
    }
    return std::get<config::loaded_settings>(std::move(loaded));
}

outcome run(const verb& wanted) { return std::visit(runner{}, wanted); }

} // namespace orch::app::cli
