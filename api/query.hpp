#pragma once

#include "api/context.hpp"
#include "api/problem.hpp"
#include "storage/database.hpp"

#include <functional>
#include <memory>
#include <utility>

namespace orch::api {

/// Runs `read` on a database thread and answers with what `print` makes of it, or with a problem.
/// `print` gives a `net::response`.
template <class Value, class Read, class Print>
void answer_from_database(const context& context, const incoming_ptr& in, Read read, Print print) {
    const auto value = std::make_shared<Value>();
    context.runtime.database->submit(
        [value, read = std::move(read)](pqxx::connection& connection) {
            *value = read(connection);
        },
        [value, in, print = std::move(print)](const result<void>& done) {
            in->exchange->respond(done ? print(*value) : problem(done.error()));
        });
}

} // namespace orch::api
