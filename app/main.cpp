#include "app/application.hpp"
#include "app/cli/command_line.hpp"
#include "app/cli/run.hpp"
#include "config/loader.hpp"
#include "config/print.hpp"
#include "config/sources.hpp"

#include <cstdio>
#include <exception>
#include <variant>

namespace {

using namespace orch;

int run_serve(const app::cli::serve_command& command) {
    const auto loaded = config::load(config::gather(command.inputs.flags, command.inputs.file));
    if (const auto* mistakes = std::get_if<std::vector<config::mistake>>(&loaded)) {
        return app::cli::finish(
            {app::cli::exit_code::configuration, "", config::print_mistakes(*mistakes)});
    }
    const auto served = app::serve(std::get<config::loaded_settings>(loaded).values);
    if (!served) {
        return app::cli::finish(
            {app::cli::exit_code::failed, "", "mcp-orch: " + served.error().detail + "\n"});
    }
    return 0;
}

int run(int count, char** words) {
    const auto command = app::cli::parse_command_line(count, words);
    if (const auto* serve = std::get_if<app::cli::serve_command>(&command)) {
        return run_serve(*serve);
    }
    if (const auto* verb = std::get_if<app::cli::verb>(&command)) {
        return app::cli::finish(app::cli::run(*verb));
    }
    return app::cli::finish(std::get<app::cli::outcome>(command));
}

} // namespace

int main(int count, char** words) {
    try {
        return run(count, words);
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "mcp-orch: %s\n", failure.what());
    } catch (...) {
        std::fputs("mcp-orch: an unknown failure\n", stderr);
    }
    return 1;
}
