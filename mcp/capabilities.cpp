#include "mcp/capabilities.hpp"

#include "core/json_writer.hpp"
#include "mcp/json_cursor.hpp"

namespace orch::mcp {

namespace {

/// Calls `on_member(key, raw value)` for each member of the object that `raw` is.
template <class OnMember>
void each_member(std::string_view raw, OnMember&& on_member) {
    std::string text(raw);
    json_cursor cursor;
    ondemand::object object;
    if (!raw.starts_with('{') || cursor.open(text) || cursor.object().get(object)) {
        return;
    }
    for_each_member(object, [&](std::string_view key, ondemand::value& value) {
        on_member(key, raw_value(value));
        return true;
    });
}

bool is_object(std::string_view raw) noexcept { return raw.starts_with('{'); }

/// The member of that name when it is an object; else empty.
std::string object_member(std::string_view raw, std::string_view member) {
    std::string found;
    each_member(raw, [&](std::string_view key, std::string_view value) {
        if (key == member && is_object(value)) {
            found = value;
        }
    });
    return found;
}

bool has_true(std::string_view raw, std::string_view member) {
    bool found = false;
    each_member(raw, [&](std::string_view key, std::string_view value) {
        found = found || (key == member && value == "true");
    });
    return found;
}

} // namespace

bool server_capabilities::has(std::string_view member) const noexcept {
    return member == "tools"                 ? tools
           : member == "prompts"             ? prompts
           : member == "resources"           ? resources
           : member == "resources.subscribe" ? subscribe
           : member == "completions"         ? completions
           : member == "logging"             ? logging
           : member == "tasks"               ? tasks
           : member == "tasks.list"          ? task_list
           : member == "tasks.cancel"        ? task_cancel
                                             : true;
}

server_capabilities read_server_capabilities(std::string_view raw, revision version) {
    server_capabilities found;
    // One document at a time may be open.
    std::string resources;
    each_member(raw, [&](std::string_view key, std::string_view value) {
        if (!is_object(value)) {
            return;
        }
        found.tools = found.tools || key == "tools";
        found.prompts = found.prompts || key == "prompts";
        found.completions = found.completions || key == "completions";
        found.logging = found.logging || key == "logging";
        if (key == "resources") {
            found.resources = true;
            resources = value;
        }
    });
    found.subscribe = has_true(resources, "subscribe");
    if (version >= revision::v2025_11_25) {
        const auto tasks = object_member(raw, "tasks");
        const auto calls = object_member(object_member(tasks, "requests"), "tools");
        found.tasks = !object_member(calls, "call").empty();
        found.task_list = found.tasks && !object_member(tasks, "list").empty();
        found.task_cancel = found.tasks && !object_member(tasks, "cancel").empty();
    }
    if (version == revision::v2024_11_05) {
        found.completions = found.completions || found.prompts || found.resources;
    }
    return found;
}

server_capabilities every_capability() noexcept {
    server_capabilities all;
    all.tools = all.prompts = all.resources = all.subscribe = all.completions = all.logging = true;
    return all;
}

server_capabilities both(const server_capabilities& left,
                         const server_capabilities& right) noexcept {
    return {left.tools || right.tools,
            left.prompts || right.prompts,
            left.resources || right.resources,
            left.subscribe || right.subscribe,
            left.completions || right.completions,
            left.logging || right.logging,
            left.tasks || right.tasks,
            left.task_list || right.task_list,
            left.task_cancel || right.task_cancel};
}

server_capabilities known_to(revision client, server_capabilities offered) noexcept {
    if (client < revision::v2025_11_25) {
        offered.tasks = offered.task_list = offered.task_cancel = false;
    }
    return offered;
}

std::string to_json(const server_capabilities& offered) {
    std::string out;
    json_writer json(out);
    json.begin_object();
    if (offered.tools) {
        json.key("tools").raw(R"({"listChanged":true})");
    }
    if (offered.prompts) {
        json.key("prompts").raw(R"({"listChanged":true})");
    }
    if (offered.resources) {
        json.key("resources")
            .raw(offered.subscribe ? R"({"subscribe":true,"listChanged":true})"
                                   : R"({"listChanged":true})");
    }
    if (offered.completions) {
        json.key("completions").raw("{}");
    }
    if (offered.logging) {
        json.key("logging").raw("{}");
    }
    if (offered.tasks) {
        json.key("tasks").begin_object();
        if (offered.task_list) {
            json.key("list").raw("{}");
        }
        if (offered.task_cancel) {
            json.key("cancel").raw("{}");
        }
        json.key("requests").raw(R"({"tools":{"call":{}}})").end_object();
    }
    json.end_object();
    return out;
}

client_capabilities read_client_capabilities(std::string_view raw) {
    client_capabilities found;
    std::string elicitation;
    found.sampling_tools = !object_member(object_member(raw, "sampling"), "tools").empty();
    each_member(raw, [&](std::string_view key, std::string_view value) {
        if (!is_object(value)) {
            return;
        }
        found.sampling = found.sampling || key == "sampling";
        found.roots = found.roots || key == "roots";
        if (key == "elicitation") {
            elicitation = value;
        }
    });
    if (!elicitation.empty()) {
        bool named = false;
        each_member(elicitation, [&](std::string_view key, std::string_view value) {
            named = named || key == "form" || key == "url";
            found.elicitation_form = found.elicitation_form || (key == "form" && is_object(value));
            found.elicitation_url = found.elicitation_url || (key == "url" && is_object(value));
        });
        found.elicitation_form = found.elicitation_form || !named;
    }
    return found;
}

std::string relayed_capabilities(std::string_view raw) {
    std::string out;
    json_writer json(out);
    json.begin_object();
    each_member(raw, [&](std::string_view key, std::string_view value) {
        if (is_object(value) && (key == "sampling" || key == "elicitation" || key == "roots")) {
            json.key(key).raw(value);
        }
    });
    json.end_object();
    return out;
}

bool may_be_asked(const client_capabilities& client, std::string_view method, std::string_view mode,
                  bool with_tools) noexcept {
    if (method == "sampling/createMessage") {
        return client.sampling && (client.sampling_tools || !with_tools);
    }
    if (method == "roots/list") {
        return client.roots;
    }
    return method == "elicitation/create" &&
           (mode == "url" ? client.elicitation_url : client.elicitation_form);
}

} // namespace orch::mcp
