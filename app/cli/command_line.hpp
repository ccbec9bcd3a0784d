#pragma once

#include "app/cli/outcome.hpp"
#include "app/cli/resource_grammar.hpp"
#include "config/loader.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <variant>

namespace orch::app::cli {

/// What the command line says about settings; `config::gather` takes both.
struct config_inputs {
    config::text_map flags;
    std::optional<std::string> file;
};

struct serve_command {
    config_inputs inputs;
};

struct import_command {
    config_inputs inputs;
    std::string file;
    std::string project;
    bool preview = false;
};

/// One request to the administrative interface, as its form says.
struct resource_command {
    config_inputs inputs;
    const resource_form* form = nullptr;
    resource_grammar::given_values values;
    bool json = false;
};

struct servers_command {
    config_inputs inputs;
    /// Empty: all projects.
    std::string project;
    bool json = false;
};

struct call_command {
    config_inputs inputs;
    std::string server;
    std::string tool;
    /// JSON text, not looked at yet.
    std::string arguments = "{}";
    /// Empty: the only project.
    std::string project;
    bool json = false;
};

struct connect_command {
    config_inputs inputs;
    std::string project;
    /// Empty: all servers of the project.
    std::string server;
    /// Empty: the orchestrator on this machine, over its socket.
    std::string url;
    /// Empty: the environment variable MCP_ORCH_KEY. Only with `url`.
    std::string key;
    /// How long a request waits for an orchestrator that is away.
    std::chrono::seconds wait{15};
};

struct migrate_command {
    config_inputs inputs;
    /// Empty: the environment variable DATABASE_URL.
    std::string source;
    /// Empty: the environment variable MCP_ENCRYPTION_KEY.
    std::string fernet_key;
    bool dry_run = false;
    bool json = false;
};

struct doctor_command {
    config_inputs inputs;
};

struct config_print_command {
    config_inputs inputs;
};

struct version_command {};

/// Everything but `serve`: prints something and ends.
using verb =
    std::variant<import_command, servers_command, call_command, connect_command, resource_command,
                 migrate_command, doctor_command, config_print_command, version_command>;

/// An `outcome` is a help text that was asked for, or a mistake in the usage.
using command = std::variant<serve_command, verb, outcome>;

/// Pure: reads neither files nor the environment. Values of settings are not judged here.
[[nodiscard]] command parse_command_line(int count, const char* const* words);

} // namespace orch::app::cli
