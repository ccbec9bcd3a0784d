#include "actors/server_launch.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace orch::actors {

namespace {

model::name_value_list merged(const model::name_value_list& base,
                              const model::name_value_list& own) {
    model::name_value_list both;
    std::copy_if(base.begin(), base.end(), std::back_inserter(both), [&](const auto& variable) {
        return std::none_of(own.begin(), own.end(),
                            [&](const auto& mine) { return mine.first == variable.first; });
    });
    both.insert(both.end(), own.begin(), own.end());
    return both;
}

} // namespace

result<net::launch_spec> launch_of(const model::server_definition& server,
                                   const server_services& services) {
    if (server.kind != model::transport::stdio) {
        return error{errc::invalid_argument,
                     fmt::format("the transport {} is not served yet, only stdio",
                                 model::to_string(server.kind))};
    }
    net::launch_spec spec;
    spec.program = server.command;
    spec.arguments = server.args;
    spec.environment = merged(services.base_environment, server.env);
    spec.directory = server.cwd;
    spec.launcher = services.launcher;
    spec.grace = services.options.server_stop_grace;
    return spec;
}

bool same_launch(const model::server_definition& left, const model::server_definition& right) {
    return left.kind == right.kind && left.command == right.command && left.args == right.args &&
           left.env == right.env && left.cwd == right.cwd && left.url == right.url &&
           left.headers == right.headers;
}

} // namespace orch::actors
