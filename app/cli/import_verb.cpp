#include "app/cli/text_table.hpp"
#include "app/cli/verbs.hpp"
#include "core/json_writer.hpp"

#include <fmt/format.h>

namespace orch::app::cli {

namespace json = boost::json;

namespace {

std::string result_line(const json::value& each) {
    const auto name = text_of(each, "name");
    const auto original = text_of(each, "original_name");
    const auto problem = text_of(each, "error");
    auto line = fmt::format("{:<10} {}", text_of(each, "outcome"), name.empty() ? original : name);
    if (!name.empty() && !original.empty() && original != name) {
        line.append(fmt::format(" (was \"{}\")", original));
    }
    return printable(problem.empty() ? line : line + ": " + problem) + "\n";
}

outcome report(const json::value& answered) {
    const auto* members = answered.if_object();
    const auto* results = members == nullptr ? nullptr : members->if_contains("results");
    if (results == nullptr || !results->is_array()) {
        return failure({errc::protocol_violation, "the orchestrator's answer has no results"});
    }
    outcome done;
    for (const auto& each : results->get_array()) {
        const bool failed = text_of(each, "outcome") == "failed";
        (failed ? done.err : done.out).append(result_line(each));
        if (failed) {
            done.code = exit_code::failed;
        }
    }
    if (results->get_array().empty()) {
        done.err = "mcp-orch: the file names no servers\n";
    }
    return done;
}

} // namespace

outcome import_servers(const import_command& wanted, std::string_view config_text,
                       const admin_client& admin) {
    const auto config = parse_json(config_text);
    if (!config || !config->is_object()) {
        const auto why = config ? "not a JSON object with mcpServers" : config.error().detail;
        return failure({errc::invalid_argument, fmt::format("{}: {}", wanted.file, why)});
    }
    // The text goes on as it is: numbers and the order of members stay what the user wrote.
    std::string body;
    json_writer(body)
        .begin_object()
        .key("config")
        .raw(config_text)
        .key("preview")
        .boolean(wanted.preview)
        .end_object();
    const auto got = admin.send(
        {.method = "POST",
         .target = api_path({"projects", wanted.project, "servers", "import"}),
         .body = std::move(body)});
    return got ? report(got->json) : failure(got.error());
}

} // namespace orch::app::cli
