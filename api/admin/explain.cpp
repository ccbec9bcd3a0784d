#include "api/admin/handlers.hpp"
#include "api/problem.hpp"
#include "api/project_types.hpp"

#include <array>

namespace orch::api {

namespace {

constexpr std::array asked{
    permission::read_project,  permission::use_endpoints, permission::call_tools,
    permission::read_log,      permission::check_servers, permission::write_servers,
    permission::read_keys,     permission::write_keys,    permission::write_members,
    permission::write_project, permission::delete_project};

std::optional<principal> principal_of(std::string_view name, const model::registry& registry) {
    if (name == "local-admin") {
        return principal{principal::kind::local_admin, {}, {}, std::string(name)};
    }
    const auto colon = name.find(':');
    const auto kind = name.substr(0, colon);
    const auto id = colon == std::string_view::npos ? std::nullopt
                                                    : uuid::parse(name.substr(colon + 1));
    if (!id) {
        return std::nullopt;
    }
    if (kind == "user") {
        return principal{principal::kind::user, {}, {*id}, std::string(name)};
    }
    if (kind == "public") {
        return principal{};
    }
    for (const auto& key : registry.keys()) {
        if (kind == "key" && key.id.value == *id) {
            return principal{
                principal::kind::project_key, key.project, {}, std::string(name), {}, key.id};
        }
    }
    return std::nullopt;
}

std::string_view name_of(decision::outcome kind) noexcept {
    switch (kind) {
    case decision::outcome::allowed: return "allowed";
    case decision::outcome::hidden: return "hidden";
    case decision::outcome::forbidden: return "forbidden";
    }
    return "forbidden";
}

} // namespace

void explain(const context& /*context*/, const incoming_ptr& in) {
    const auto who = principal_of(in->request.query_value("principal").value_or(""), *in->registry);
    if (!who) {
        in->exchange->respond(
            problem(400, "principal: user:<id>, key:<id>, public:<project> or local-admin"));
        return;
    }
    explanation_view view{who->name_in(in->project->id), {}};
    for (const auto wanted : asked) {
        const auto decided = decide(*who, wanted, in->project, *in->registry);
        view.permissions.push_back(
            {std::string(to_string(wanted)), std::string(name_of(decided.kind)), decided.reason});
    }
    in->exchange->respond(json_response(to_json(view)));
}

} // namespace orch::api
