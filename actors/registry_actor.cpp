#include "actors/registry_actor.hpp"

#include "actors/bridge/pinned_actor.hpp"
#include "actors/sealed_values.hpp"
#include "core/log.hpp"
#include "storage/call_log_store.hpp"
#include "storage/migrator.hpp"
#include "storage/people_store.hpp"
#include "storage/project_store.hpp"
#include "storage/server_log_store.hpp"
#include "storage/session_store.hpp"
#include "storage/transact.hpp"

#include <fmt/format.h>

#include <caf/send.hpp>

#include <algorithm>
#include <chrono>
#include <tuple>

namespace orch::actors {

namespace {

/// For the supervisor, who only sends messages then.
constexpr std::chrono::seconds follow_timeout{10};

registry_opened state_of(const storage::stored_registry& stored) {
    registry_opened opened;
    for (const auto& server : stored.servers) {
        auto& known = opened.servers.emplace_back();
        known.status = server.status;
        known.status.id = server.definition.id;
        if (server.introduction) {
            known.introduction = std::make_shared<const model::server_introduction>(
                *server.introduction);
        }
        for (const auto kind : model::all_list_kinds) {
            // A list may be known to be empty.
            if (server.introduction ||
                (kind == model::list_kind::tools && server.status.last_checked)) {
                known.lists.of(kind) = std::make_shared<const item_set>(
                    item_set{server.lists[model::index_of(kind)]});
            }
        }
    }
    return opened;
}

} // namespace

registry_actor::registry_actor(caf::actor_config& config, storage::database_options database,
                               registry_source& source, const crypto::secret_box& box,
                               const clock_source& clock, instance_id instance,
                               caf::actor supervisor)
    : event_based_actor(config), session_(std::move(database)), source_(source), box_(box),
      clock_(clock), instance_(instance), supervisor_(std::move(supervisor)) {
    bridge::install_default_handlers(*this, "registry");
}

caf::behavior registry_actor::make_behavior() {
    return caf::behavior{
        [this](open_registry) { return on_open(); },
        [this](const change_registry& command) { return on_change(command); },
    };
}

void registry_actor::on_exit() { supervisor_ = nullptr; }

reply<registry_opened> registry_actor::on_open() {
    result<void> claimed;
    result<int> applied = 0;
    auto ran = session_.run([&](pqxx::connection& connection) {
        claimed = storage::claim_database(connection);
        if (claimed) {
            applied = storage::migrate(connection);
        }
    });
    if (!ran || !claimed || !applied) {
        return {!ran ? ran.error() : !claimed ? claimed.error() : applied.error()};
    }
    if (*applied > 0) {
        log::info("database", "{} schema migrations were applied", *applied);
    }
    if (const auto ensured = ensure_default_project(); !ensured) {
        return {ensured.error()};
    }
    storage::stored_registry stored;
    uuid newest;
    std::vector<model::login> logins;
    ran = session_.run([&](pqxx::connection& connection) {
        // Before anybody can ask: the claim says that no other instance lives.
        storage::close_stale_sessions(connection, instance_);
        stored = storage::load_registry(connection);
        newest = std::max(storage::newest_call_id(connection), storage::newest_line(connection));
        logins = storage::load_logins(connection);
    });
    if (!ran) {
        return {ran.error()};
    }
    auto opened = state_of(stored);
    opened.newest_row = newest;
    opened.logins = std::move(logins);
    auto registry = unseal(std::move(stored));
    if (!registry) {
        return {registry.error()};
    }
    source_.store(std::make_shared<const model::registry>(std::move(*registry)));
    return {std::move(opened)};
}

result<void> registry_actor::ensure_default_project() {
    bool empty = false;
    auto looked = session_.run([&](pqxx::connection& connection) {
        empty = storage::load_registry(connection).projects.empty();
    });
    if (!looked || !empty) {
        return looked;
    }
    return write([this](pqxx::transaction_base& work) {
        model::project project;
        project.id = project_id::random();
        project.name = "default";
        project.display_name = "Default";
        project.created_at = clock_.wall();
        project.updated_at = project.created_at;
        storage::insert_project(work, project);
        return result<void>{};
    });
}

result<model::registry> registry_actor::unseal(storage::stored_registry stored) {
    std::vector<model::server_entry> servers;
    for (auto& server : stored.servers) {
        const auto& [id, project] = std::tie(server.definition.id, server.definition.project);
        auto env = open_values(box_, {project, id, "env"}, server.sealed_env);
        auto headers = open_values(box_, {project, id, "headers"}, server.sealed_headers);
        if (!env || !headers) {
            // Waiting would not help: somebody has to bring the right key.
            return error{errc::conflict,
                         fmt::format("the secrets of server '{}' cannot be opened: {}",
                                     server.definition.name,
                                     (!env ? env.error() : headers.error()).detail)};
        }
        server.definition.env = std::move(*env);
        server.definition.headers = std::move(*headers);
        servers.push_back(
            {std::move(server.definition), std::move(server.aliases), std::move(server.switches)});
    }
    return model::registry({std::move(stored.projects), std::move(servers), std::move(stored.keys),
                            std::move(stored.users), std::move(stored.members),
                            std::move(stored.teams), std::move(stored.team_members)});
}

result<void>
registry_actor::write(const std::function<result<void>(pqxx::transaction_base&)>& work) {
    result<void> outcome;
    auto ran = session_.run([&](pqxx::connection& connection) {
        outcome = storage::claim_database(connection);
        if (outcome) {
            outcome = storage::transact(connection, work);
        }
    });
    return ran ? outcome : ran;
}

void registry_actor::save(pqxx::transaction_base& work,
                          const std::vector<model::server_entry>& servers) const {
    std::vector<storage::stored_server> rows;
    for (const auto& server : servers) {
        storage::stored_server row;
        row.definition = server.definition;
        row.definition.env.clear();
        row.definition.headers.clear();
        const auto& [id, project] = std::tie(server.definition.id, server.definition.project);
        row.sealed_env = seal_values(box_, {project, id, "env"}, server.definition.env);
        row.sealed_headers = seal_values(box_, {project, id, "headers"}, server.definition.headers);
        row.aliases = server.aliases;
        row.status.id = id;
        rows.push_back(std::move(row));
    }
    storage::save_servers(work, rows);
}

result<void> registry_actor::reload() {
    storage::stored_registry stored;
    auto ran = session_.run(
        [&](pqxx::connection& connection) { stored = storage::load_registry(connection); });
    if (!ran) {
        return ran;
    }
    auto registry = unseal(std::move(stored));
    if (!registry) {
        return registry.error();
    }
    source_.store(std::make_shared<const model::registry>(std::move(*registry)));
    return {};
}

caf::response_promise registry_actor::on_change(const change_registry& command) {
    auto promise = make_response_promise();
    const auto now = source_.load();
    auto outcome = write([&](pqxx::transaction_base& work) {
        return command.work(
            {work, *now, clock_.wall(), [&](const std::vector<model::server_entry>& servers) {
                 save(work, servers);
             }});
    });
    if (outcome) {
        outcome = reload();
    }
    if (!outcome) {
        promise.deliver(reply<registry_changed>{outcome.error()});
        return promise;
    }
    // Whoever hears of the change may ask for the server that it made: its actor must be there. A
    // supervisor that ends follows no more.
    const reply<registry_changed> answer{registry_changed{source_.load()}};
    request(supervisor_, follow_timeout, *answer.value)
        .then([promise, answer]() mutable { promise.deliver(answer); },
              [promise, answer](const caf::error&) mutable { promise.deliver(answer); });
    return promise;
}

} // namespace orch::actors
