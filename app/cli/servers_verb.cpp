#include "app/cli/text_table.hpp"
#include "app/cli/verbs.hpp"
#include "core/json_writer.hpp"

#include <fmt/format.h>

namespace orch::app::cli {

namespace json = boost::json;

namespace {

using table_rows = std::vector<std::vector<std::string>>;

std::string or_dash(std::string text) { return text.empty() ? "-" : std::move(text); }

std::string number_of(const json::value& object, std::string_view member) {
    const auto* found = member_of(object, member);
    return found != nullptr && found->is_int64() ? std::to_string(found->get_int64()) : "-";
}

std::string state_of(const json::value& server) {
    const auto* enabled = member_of(server, "is_enabled");
    const bool off = enabled != nullptr && enabled->is_bool() && !enabled->get_bool();
    return off ? "disabled" : or_dash(text_of(server, "status"));
}

std::vector<std::string> row_of(const std::string& project, const json::value& server) {
    return {project,
            text_of(server, "name"),
            state_of(server),
            number_of(server, "tools_count"),
            number_of(server, "process.instances"),
            or_dash(text_of(server, "transport_type")),
            or_dash(text_of(server, "last_used_at")),
            or_dash(text_of(server, "last_error"))};
}

struct listing {
    std::string project;
    answer servers;
};

result<std::vector<listing>> fetch(const servers_command& wanted, const admin_client& admin) {
    auto projects = wanted.project.empty()
                        ? project_names(admin)
                        : result<std::vector<std::string>>{std::vector{wanted.project}};
    if (!projects) {
        return projects.error();
    }
    std::vector<listing> all;
    for (auto& project : *projects) {
        auto servers = admin.get(api_path({"projects", project, "servers"}));
        if (!servers) {
            return servers.error();
        }
        if (!servers->json.is_array()) {
            return error{errc::protocol_violation, "the orchestrator's answer is no list"};
        }
        all.push_back({std::move(project), std::move(*servers)});
    }
    return all;
}

std::string as_json(const servers_command& wanted, const std::vector<listing>& all) {
    if (!wanted.project.empty()) {
        return all.front().servers.body + "\n";
    }
    std::string out;
    json_writer writer(out);
    writer.begin_object();
    for (const auto& each : all) {
        writer.key(each.project).raw(each.servers.body);
    }
    writer.end_object();
    return out + "\n";
}

std::string as_table(const std::vector<listing>& all) {
    table_rows rows{{"PROJECT", "NAME", "STATUS", "TOOLS", "PROCESSES", "TRANSPORT", "LAST USED",
                     "LAST ERROR"}};
    for (const auto& each : all) {
        for (const auto& server : each.servers.json.get_array()) {
            rows.push_back(row_of(each.project, server));
        }
    }
    return text_table(rows);
}

} // namespace

result<std::vector<std::string>> project_names(const admin_client& admin) {
    const auto got = admin.get(api_path({"projects"}));
    if (!got) {
        return got.error();
    }
    if (!got->json.is_array()) {
        return error{errc::protocol_violation, "the orchestrator's answer is no list"};
    }
    std::vector<std::string> names;
    for (const auto& project : got->json.get_array()) {
        if (auto name = text_of(project, "name"); !name.empty()) {
            names.push_back(std::move(name));
        }
    }
    return names;
}

outcome list_servers(const servers_command& wanted, const admin_client& admin) {
    const auto all = fetch(wanted, admin);
    if (!all) {
        return failure(all.error());
    }
    return {exit_code::ok, wanted.json ? as_json(wanted, *all) : as_table(*all), {}};
}

} // namespace orch::app::cli
