#pragma once

#include "api/context.hpp"
#include "api/problem.hpp"
#include "storage/database.hpp"

#include <atomic>
#include <functional>
#include <memory>
#include <utility>

namespace orch::api {

/// Runs `read` on a database thread and answers with what `print` makes of it, or with a problem.
/// `print` gives a `net::response`. What nobody waits for any more when its turn comes is left out.
template <class Value, class Read, class Print>
void answer_from_database(const context& context, const incoming_ptr& in, Read read, Print print) {
    const auto value = std::make_shared<Value>();
    const auto abandoned = std::make_shared<std::atomic<bool>>(false);
    in->exchange->on_peer_gone([abandoned] { *abandoned = true; });
    context.runtime.database->submit(
        [value, abandoned, read = std::move(read)](pqxx::connection& connection) {
            if (!*abandoned) {
                *value = read(connection);
            }
        },
        [value, abandoned, in, print = std::move(print)](const result<void>& done) {
            if (*abandoned) {
                return;
            }
            in->exchange->respond(done ? print(*value) : problem(done.error()));
        });
}

} // namespace orch::api
