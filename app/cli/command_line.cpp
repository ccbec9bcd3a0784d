#include "app/cli/command_line.hpp"

#include "app/cli/version.hpp"
#include "config/suggestion.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <sstream>
#include <string_view>
#include <vector>

namespace orch::app::cli {

namespace {

constexpr const char* exit_codes = R"(Exit codes:
  0  ok
  1  the command failed
  2  wrong usage
  3  mcp-orch is not running
  4  wrong configuration

mcp-orch COMMAND --help explains a command.)";

std::string not_empty(const std::string& text) { return text.empty() ? "must not be empty" : ""; }

/// The grammar. Options write into members; which command was given is asked afterwards.
class grammar {
public:
    grammar() : app_("Runs MCP servers and offers their tools to many clients.", "mcp-orch") {
        app_.footer(exit_codes);
        app_.require_subcommand(1);
        app_.set_version_flag("--version", [] { return fmt::format("mcp-orch {}", version()); });
        add_serve();
        add_import();
        add_servers();
        add_call();
        add_connect();
        resources_.emplace(app_,
                           [this](CLI::App& to) { add_settings(to, breadth::data_dir_only); });
        add_migrate();
        add_machine_verbs();
    }

    command parse(int count, const char* const* words) {
        try {
            app_.parse(count, words);
        } catch (const CLI::ParseError& stopped) {
            return explain(stopped);
        }
        return chosen();
    }

private:
    enum class breadth { every_setting, data_dir_only };

    CLI::App* add(CLI::App& parent, const char* name, const char* description,
                  const char* example) {
        auto* made = parent.add_subcommand(name, description);
        made->footer(std::string("Example:\n  ") + example);
        return made;
    }

    void add_settings(CLI::App& to, breadth wanted) {
        to.add_option_function<std::string>(
              "--config", [this](const std::string& path) { inputs_.file = path; },
              "Configuration file (TOML).")
            ->type_name("FILE");
        for (const auto& row : config::setting_table()) {
            if (row.flag.empty() ||
                (wanted == breadth::data_dir_only && row.flag != "--data-dir")) {
                continue;
            }
            add_setting(to, row);
        }
    }

    void add_setting(CLI::App& to, const config::setting& row) {
        const std::string flag(row.flag);
        const std::string help(row.help);
        if (row.shape == config::value_shape::boolean) {
            to.add_flag_callback(
                flag, [this, flag] { inputs_.flags[flag] = "true"; }, help);
            return;
        }
        to.add_option_function<std::string>(
              flag, [this, flag](const std::string& text) { inputs_.flags[flag] = text; }, help)
            ->type_name(fmt::format("<{}>", row.accepts()));
    }

    void add_project(CLI::App& to, std::string& target, const char* help) {
        to.add_option("--project", target, help)->type_name("NAME")->check(not_empty);
    }

    void add_serve() {
        serve_ = add(app_, "serve", "Start the orchestrator and serve until it is stopped.",
                     "mcp-orch serve --listen 127.0.0.1:8000 --import ~/mcp.json");
        add_settings(*serve_, breadth::every_setting);
    }

    void add_import() {
        import_ = add(app_, "import",
                      "Create or update servers from a client configuration (mcpServers).",
                      "mcp-orch import ~/mcp.json --project default --preview");
        import_->add_option("FILE", import_command_.file, "The configuration, as JSON.")
            ->required()
            ->check(not_empty);
        add_project(*import_, import_command_.project, "Project that gets the servers.");
        import_->get_option("--project")->required();
        import_->add_flag("--preview", import_command_.preview, "Only show what would change.");
        add_settings(*import_, breadth::data_dir_only);
    }

    void add_servers() {
        servers_ = add(app_, "servers", "List the MCP servers and their state.",
                       "mcp-orch servers --project default");
        add_project(*servers_, servers_command_.project, "Only this project.");
        servers_->add_flag("--json", servers_command_.json, "Print JSON instead of a table.");
        add_settings(*servers_, breadth::data_dir_only);
    }

    void add_call() {
        call_ = add(app_, "call", "Call a tool and print its result.",
                    R"(mcp-orch call time get_current_time '{"timezone":"UTC"}')");
        call_->add_option("SERVER", call_command_.server, "Name of the server.")
            ->required()
            ->check(not_empty);
        call_->add_option("TOOL", call_command_.tool, "Name of the tool, as the server calls it.")
            ->required()
            ->check(not_empty);
        call_->add_option("ARGUMENTS", call_command_.arguments, "A JSON object; {} if left out.");
        add_project(*call_, call_command_.project, "Project of the server, if there are several.");
        call_->add_flag("--json", call_command_.json, "Print the whole answer as JSON.");
        add_settings(*call_, breadth::data_dir_only);
    }

    void add_connect() {
        connect_ = add(app_, "connect",
                       "Be an MCP server on stdin and stdout for a client that starts programs.",
                       "mcp-orch connect --project default --server memory");
        add_project(*connect_, connect_command_.project, "Project whose servers it is.");
        connect_->get_option("--project")->required();
        connect_->add_option("--server", connect_command_.server, "Only this server.")
            ->type_name("NAME")
            ->check(not_empty);
        auto* url = connect_
                        ->add_option("--url", connect_command_.url,
                                     "An orchestrator elsewhere, like http://host:8000.")
                        ->type_name("URL");
        connect_
            ->add_option("--key", connect_command_.key,
                         "Project key for --url; as MCP_ORCH_KEY in the environment others "
                         "cannot see it.")
            ->type_name("KEY")
            ->needs(url);
        connect_
            ->add_option_function<unsigned>(
                "--wait",
                [this](unsigned seconds) { connect_command_.wait = std::chrono::seconds(seconds); },
                "How long the start and each request wait while mcp-orch is away, 15 if left out.")
            ->type_name("SECONDS")
            ->check(CLI::Range(0U, 600U));
        add_settings(*connect_, breadth::data_dir_only);
    }

    void add_migrate() {
        migrate_ = add(app_, "migrate-from-original",
                       "Take people, projects, servers and keys over from the Python mcp-orch.",
                       "mcp-orch migrate-from-original --source postgresql://orch@db/mcp_orch "
                       "--dry-run");
        migrate_
            ->add_option("--source", migrate_command_.source,
                         "Its database; as DATABASE_URL in the environment others cannot see it.")
            ->type_name("URL");
        migrate_
            ->add_option("--fernet-key", migrate_command_.fernet_key,
                         "Its encryption key; as MCP_ENCRYPTION_KEY in the environment others "
                         "cannot see it.")
            ->type_name("KEY");
        migrate_->add_flag("--dry-run", migrate_command_.dry_run, "Only say what would happen.");
        migrate_->add_flag("--json", migrate_command_.json, "Print JSON instead of a table.");
        add_settings(*migrate_, breadth::data_dir_only);
    }

    void add_machine_verbs() {
        doctor_ = add(app_, "doctor", "Check this machine and say what to do about what is wrong.",
                      "mcp-orch doctor");
        add_settings(*doctor_, breadth::every_setting);
        auto* config = add(app_, "config", "The configuration.", "mcp-orch config print");
        config->require_subcommand(1);
        config_print_ = add(*config, "print", "Print every setting and where its value comes from.",
                            "mcp-orch config print --config /etc/mcp-orch/config.toml");
        add_settings(*config_print_, breadth::every_setting);
        version_ = add(app_, "version", "Print the version.", "mcp-orch version");
    }

    template <class Command>
    command with_inputs(Command filled) {
        filled.inputs = std::move(inputs_);
        if constexpr (std::is_same_v<Command, serve_command>) {
            return filled;
        } else {
            return verb{std::move(filled)};
        }
    }

    command chosen() {
        if (serve_->parsed()) {
            return with_inputs(serve_command{});
        }
        if (import_->parsed()) {
            return with_inputs(std::move(import_command_));
        }
        if (servers_->parsed()) {
            return with_inputs(std::move(servers_command_));
        }
        if (call_->parsed()) {
            return with_inputs(std::move(call_command_));
        }
        if (connect_->parsed()) {
            return with_inputs(std::move(connect_command_));
        }
        if (const auto* form = resources_->chosen()) {
            return with_inputs(
                resource_command{{}, form, resources_->take_values(), resources_->wants_json()});
        }
        if (migrate_->parsed()) {
            return with_inputs(std::move(migrate_command_));
        }
        if (doctor_->parsed()) {
            return with_inputs(doctor_command{});
        }
        if (config_print_->parsed()) {
            return with_inputs(config_print_command{});
        }
        return verb{version_command{}};
    }

    /// The innermost command that was recognised, for names and hints.
    CLI::App& innermost() {
        auto* at = &app_;
        while (!at->get_subcommands().empty()) {
            at = at->get_subcommands().back();
        }
        return *at;
    }

    outcome explain(const CLI::ParseError& stopped) {
        if (stopped.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success)) {
            std::ostringstream out;
            std::ostringstream err;
            app_.exit(stopped, out, err);
            return {exit_code::ok, out.str(), err.str()};
        }
        auto& at = innermost();
        // A misspelt word is the cause; that something required is missing only its consequence.
        const auto unknown = app_.remaining(true);
        const auto what = unknown.empty() ? complaint(stopped, at) : describe(unknown.front(), at);
        return {exit_code::usage,
                {},
                fmt::format("mcp-orch: {}\nTry: {} --help\n", what, full_name(at))};
    }

    static std::string complaint(const CLI::ParseError& stopped, const CLI::App& at) {
        if (stopped.get_name() == "RequiredError" && !at.get_subcommands({}).empty()) {
            return fmt::format("a command is missing; one of: {}", fmt::join(names_in(at), ", "));
        }
        return stopped.what();
    }

    static std::string describe(const std::string& word, const CLI::App& at) {
        const auto commands = names_in(at);
        std::vector<std::string> known = commands;
        const char* kind = commands.empty() ? "argument" : "command";
        if (word.starts_with('-')) {
            kind = "flag";
            known.clear();
            for (const auto* option : at.get_options()) {
                known.push_back(option->get_name());
            }
        }
        const std::vector<std::string_view> candidates(known.begin(), known.end());
        const auto name = word.substr(0, word.find('='));
        return fmt::format("unknown {} \"{}\"{}", kind, name,
                           config::did_you_mean(name, candidates));
    }

    static std::vector<std::string> names_in(const CLI::App& parent) {
        std::vector<std::string> names;
        for (const auto* each : parent.get_subcommands({})) {
            names.push_back(each->get_name());
        }
        return names;
    }

    static std::string full_name(const CLI::App& at) {
        return at.get_parent() == nullptr ? at.get_name()
                                          : full_name(*at.get_parent()) + " " + at.get_name();
    }

    CLI::App app_;
    CLI::App* serve_ = nullptr;
    CLI::App* import_ = nullptr;
    CLI::App* servers_ = nullptr;
    CLI::App* call_ = nullptr;
    CLI::App* connect_ = nullptr;
    CLI::App* migrate_ = nullptr;
    CLI::App* doctor_ = nullptr;
    CLI::App* config_print_ = nullptr;
    CLI::App* version_ = nullptr;
    config_inputs inputs_;
    std::optional<resource_grammar> resources_;
    import_command import_command_;
    servers_command servers_command_;
    call_command call_command_;
    connect_command connect_command_;
    migrate_command migrate_command_;
};

} // namespace

command parse_command_line(int count, const char* const* words) {
    return grammar().parse(count, words);
}

} // namespace orch::app::cli
