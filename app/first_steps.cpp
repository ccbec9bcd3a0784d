#include "app/first_steps.hpp"

#include "actors/bridge/ask.hpp"
#include "actors/messages.hpp"
#include "actors/server_import.hpp"
#include "api/server_rules.hpp"
#include "core/log.hpp"
#include "crypto/api_key.hpp"
#include "crypto/digest.hpp"
#include "mcp/client_config.hpp"
#include "storage/key_store.hpp"

#include <fmt/format.h>

#include <caf/scoped_actor.hpp>

#include <cstdio>
#include <fstream>
#include <iterator>

namespace orch::app {

namespace {

constexpr std::chrono::seconds command_timeout{60};
constexpr std::string_view project_name = "default";

/// Sends a command of administration and waits for its reply; only for the main thread.
template <class T, class Command>
result<T> command(caf::actor_system& system, const caf::actor& target, const Command& wanted) {
    result<T> answer = error{errc::internal, "not asked"};
    caf::scoped_actor self{system};
    self->request(target, command_timeout, wanted)
        .receive([&](actors::reply<T>& reply) { answer = std::move(reply.value); },
                 [&](const caf::error& why) { answer = actors::bridge::unanswered(why); });
    return answer;
}

const model::project* default_project(const model::registry& registry) {
    return registry.find_project(project_name);
}

} // namespace

result<void> first_steps::take() const {
    if (!settings.import_file.empty()) {
        if (auto imported = import_file(); !imported) {
            return imported;
        }
    }
    show_set_up_link();
    return settings.demo_key ? show_demo() : result<void>{};
}

void first_steps::show_set_up_link() const {
    if (!runtime.registry.load()->users().empty()) {
        return;
    }
    const auto& base = settings.public_url.empty() ? url : settings.public_url;
    // Behind the '#', which browsers neither send nor write into logs.
    log::info("app", "make the first account: {}/setup#token={}", base, set_up_token);
}

result<void> first_steps::import_file() const {
    std::ifstream in(settings.import_file, std::ios::binary);
    if (!in) {
        return error{errc::io_failure,
                     fmt::format("--import: {} cannot be read", settings.import_file)};
    }
    const auto registry = runtime.registry.load();
    const auto* project = default_project(*registry);
    if (project == nullptr) {
        return error{errc::not_found, "--import: there is no project 'default' any more"};
    }
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    const auto imported = mcp::read_client_config(text);
    actors::import_report report;
    const auto done = !imported
                          ? result<actors::registry_changed>(imported.error())
                          : command<actors::registry_changed>(
                                system, runtime.registry_writer,
                                actors::change_registry{[&](const actors::registry_change& change) {
                                    auto plan = actors::plan_import(change.registry, project->id,
                                                                    *imported, change.at,
                                                                    api::check_definition);
                                    change.save_servers(plan.changed);
                                    report = std::move(plan.report);
                                    return result<void>{};
                                }});
    if (!done) {
        return error{done.error().code,
                     fmt::format("--import {}: {}", settings.import_file, done.error().detail)};
    }
    for (const auto& server : report.servers) {
        if (server.error.empty()) {
            log::info("import", "server '{}' {}", server.name, server.outcome);
        } else {
            log::error("import", "server '{}' of {} is left out: {}", server.original_name,
                       settings.import_file, server.error);
        }
    }
    return {};
}

result<std::string> first_steps::demo_key() const {
    const auto registry = runtime.registry.load();
    const auto kept = directory.read("demo-key");
    if (kept && registry->find_key(crypto::sha256(*kept)) != nullptr) {
        return *kept;
    }
    if (!kept && kept.error().code != errc::not_found) {
        return kept.error();
    }
    const auto* project = default_project(*registry);
    if (project == nullptr) {
        return error{errc::not_found, "there is no project 'default' to make a demo key for"};
    }
    const auto minted = crypto::mint_key();
    const auto created = command<actors::registry_changed>(
        system, runtime.registry_writer,
        actors::change_registry{[&, id = project->id](const actors::registry_change& change) {
            model::api_key key;
            key.id = key_id::random();
            key.project = id;
            key.name = "demo";
            key.sha256 = minted.sha256;
            key.prefix = minted.prefix;
            key.suffix = minted.suffix;
            key.created_at = change.at;
            storage::insert_key(change.transaction, key);
            return result<void>{};
        }});
    return created ? directory.write("demo-key", minted.text)
                   : result<std::string>(created.error());
}

result<void> first_steps::show_demo() const {
    const auto key = demo_key();
    if (!key) {
        return key.error();
    }
    const auto base = settings.public_url.empty() ? url : settings.public_url;
    const auto project = fmt::format("{}/projects/{}", base, project_name);
    const auto registry = runtime.registry.load();
    std::vector<mcp::endpoint_entry> endpoints{
        {"mcp-orch", "streamable-http", project + "/unified/mcp"}};
    std::string list = fmt::format(
        "  all servers   {0}/unified/mcp\n                {0}/unified/sse\n", project);
    for (const auto* server : registry->servers_of(default_project(*registry)->id)) {
        if (!server->definition.enabled) {
            continue;
        }
        list += fmt::format("  {:<13} {}/servers/{}/mcp  (or …/sse)\n", server->definition.name,
                            project, server->definition.name);
    }
    // On stderr like all diagnostics, but for people: whole lines, no timestamps.
    fmt::print(stderr,
               "\nmcp-orch serves at {}\n\n{}\nKey (kept in {}): {}\n\n"
               "Client configuration as Cursor takes it; the README has those of Cline, VS Code "
               "and Claude:\n{}\n\n",
               base, list, directory.file("demo-key"), *key,
               mcp::write_client_config(endpoints, *key));
    return {};
}

} // namespace orch::app
