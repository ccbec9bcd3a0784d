#include "app/cli/verbs.hpp"
#include "core/json_writer.hpp"

#include <boost/json/serialize.hpp>
#include <fmt/format.h>

namespace orch::app::cli {

namespace json = boost::json;

namespace {

// Longer than any time-out that a project can set for a tool; the orchestrator ends the call.
constexpr std::chrono::minutes call_timeout{60};

bool is_true(const json::value* value) {
    return value != nullptr && value->is_bool() && value->get_bool();
}

std::string line(std::string text) {
    if (!text.ends_with('\n')) {
        text.push_back('\n');
    }
    return text;
}

// Text as it is; of anything else what it is, since a terminal cannot show it.
std::string content_text(const json::value& part) {
    const auto type = text_of(part, "type");
    if (type == "text") {
        return line(text_of(part, "text"));
    }
    if (const auto* resource = member_of(part, "resource"); resource != nullptr) {
        if (auto text = text_of(*resource, "text"); !text.empty()) {
            return line(std::move(text));
        }
    }
    return fmt::format("[{} {}: --json prints it]\n", type, text_of(part, "mimeType"));
}

std::string result_text(const json::value* tool_result) {
    if (tool_result == nullptr || tool_result->is_null()) {
        return {};
    }
    if (const auto* content = member_of(*tool_result, "content");
        content != nullptr && content->is_array()) {
        std::string out;
        for (const auto& part : content->get_array()) {
            out.append(content_text(part));
        }
        return out;
    }
    return line(json::serialize(*tool_result));
}

std::string error_text(const json::value& answered) {
    if (auto text = text_of(answered, "error"); !text.empty()) {
        return text;
    }
    const auto* object = member_of(answered, "error");
    auto message = object == nullptr ? std::string{} : text_of(*object, "message");
    return message.empty() ? "the tool reported an error" : message;
}

outcome report(const call_command& wanted, const answer& got) {
    const auto* tool_result = member_of(got.json, "result");
    const bool tool_failed = tool_result != nullptr && is_true(member_of(*tool_result, "isError"));
    const bool succeeded = is_true(member_of(got.json, "success")) && !tool_failed;
    outcome done{succeeded ? exit_code::ok : exit_code::failed, {}, {}};
    if (wanted.json) {
        done.out = line(got.body);
    } else if (succeeded) {
        done.out = result_text(tool_result);
    } else {
        const auto said = tool_failed ? result_text(tool_result) : std::string{};
        done.err = said.empty() ? "mcp-orch: " + line(error_text(got.json)) : said;
    }
    return done;
}

result<std::string> project_of(const call_command& wanted, const admin_client& admin) {
    if (!wanted.project.empty()) {
        return wanted.project;
    }
    auto names = project_names(admin);
    if (!names) {
        return names.error();
    }
    if (names->size() != 1) {
        return error{errc::invalid_argument,
                     names->empty() ? "there is no project yet"
                                    : fmt::format("name the project with --project; there are: {}",
                                                  fmt::join(*names, ", "))};
    }
    return std::move(names->front());
}

} // namespace

outcome call_tool(const call_command& wanted, const admin_client& admin) {
    const auto arguments = parse_json(wanted.arguments);
    if (!arguments || !arguments->is_object()) {
        const auto why = arguments ? "not a JSON object" : arguments.error().detail;
        return {exit_code::usage, {}, fmt::format("mcp-orch: ARGUMENTS: {}\n", why)};
    }
    const auto project = project_of(wanted, admin);
    if (!project) {
        return failure(project.error());
    }
    std::string body;
    json_writer(body).begin_object().key("arguments").raw(wanted.arguments).end_object();
    const auto got = admin.send({.method = "POST",
                                 .target = api_path({"projects", *project, "servers", wanted.server,
                                                     "tools", wanted.tool, "execute"}),
                                 .body = std::move(body),
                                 .timeout = call_timeout});
    return got ? report(wanted, *got) : failure(got.error());
}

} // namespace orch::app::cli
