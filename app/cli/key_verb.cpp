#include "app/cli/verbs.hpp"
#include "core/json_writer.hpp"

#include <fmt/format.h>

namespace orch::app::cli {

outcome create_key(const key_create_command& wanted, const admin_client& admin) {
    std::string body;
    json_writer(body).begin_object().key("name").string(wanted.name).end_object();
    const auto got = admin.send({.method = "POST",
                                 .target = api_path({"projects", wanted.project, "api-keys"}),
                                 .body = std::move(body)});
    if (!got) {
        return failure(got.error());
    }
    const auto key = text_of(got->json, "api_key");
    if (key.empty()) {
        return failure({errc::protocol_violation, "the orchestrator's answer holds no key"});
    }
    return {exit_code::ok, key + "\n",
            fmt::format("Key \"{}\" of project {}. It is shown only now.\n", wanted.name,
                        wanted.project)};
}

} // namespace orch::app::cli
