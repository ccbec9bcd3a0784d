#include "actors/schedule_storage.hpp"

#include "storage/schedule_store.hpp"
#include "storage/transact.hpp"

#include <memory>
#include <utility>

namespace orch::actors {

namespace {

void load(storage::database& database, std::function<void(result<stored_schedule>)> done) {
    const auto found = std::make_shared<stored_schedule>();
    database.submit(
        [found](pqxx::connection& connection) {
            static_cast<void>(storage::transact(
                connection, [&found](pqxx::transaction_base& work) -> result<void> {
                    *found = {storage::load_schedule(work), storage::count_runs(work)};
                    return {};
                }));
        },
        [found, done = std::move(done)](const result<void>& read) {
            done(read ? result<stored_schedule>(*found) : read.error());
        });
}

void save(storage::database& database, std::vector<model::refresh_run> runs,
          model::refresh_schedule stands, std::function<void(result<void>)> done) {
    database.submit(
        [runs = std::move(runs), stands = std::move(stands)](pqxx::connection& connection) {
            static_cast<void>(
                storage::transact(connection, [&](pqxx::transaction_base& work) -> result<void> {
                    storage::save_runs(work, runs, stands);
                    return {};
                }));
        },
        std::move(done));
}

} // namespace

schedule_storage store_schedule_in(storage::database& database) {
    return {[&database](auto done) { load(database, std::move(done)); },
            [&database](auto runs, auto stands, auto done) {
                save(database, std::move(runs), std::move(stands), std::move(done));
            }};
}

} // namespace orch::actors
