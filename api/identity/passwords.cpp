#include "api/identity/passwords.hpp"

#include "api/problem.hpp"

#include "actors/bridge/ask.hpp"
#include "storage/people_store.hpp"
#include "storage/transact.hpp"

namespace orch::api {

namespace {

constexpr std::chrono::seconds password_timeout{60};

net::response too_many() {
    return problem_for_now(503, "Too many passwords are being checked; try again soon.",
                           actors::password_gate::retry_after);
}

crypto::secret_text_ptr secret(std::string&& text) {
    return std::make_shared<const crypto::secret_text>(std::move(text));
}

/// Later logins cost what they should; nobody waits for this.
void store_rehashed(const context& context, const user_id& user, const std::string& hash) {
    context.runtime.database->submit(
        [user, hash](pqxx::connection& connection) {
            static_cast<void>(
                storage::transact(connection, [&](pqxx::transaction_base& transaction) {
                    storage::update_password(transaction, user, hash);
                    return result<void>{};
                }));
        },
        [](const result<void>&) {});
}

/// With the stored hash, on the unit of the request.
void check_against(const context& context, const incoming_ptr& in, password_check check,
                   std::string stored) {
    auto ticket = context.runtime.password_queue.enter();
    if (!ticket) {
        check.withdrawn();
        in->exchange->respond(too_many());
        return;
    }
    actors::bridge::ask_command<actors::password_checked>(
        context.system, context.unit(in->request.unit), context.runtime.passwords,
        actors::check_password{secret(std::move(check.password)), std::move(stored),
                               std::move(ticket)},
        password_timeout,
        [&context, in, user = check.user, withdrawn = std::move(check.withdrawn),
         decided = std::move(check.decided)](const result<actors::password_checked>& checked) {
            if (!checked) {
                withdrawn();
                in->exchange->respond(problem(checked.error()));
                return;
            }
            if (checked->match && checked->rehashed) {
                store_rehashed(context, user, *checked->rehashed);
            }
            decided(checked->match);
        });
}

} // namespace

net::response too_often(std::chrono::seconds wait) {
    return problem_for_now(429, "Too many failed attempts from this address.", wait);
}

void hash_then(const context& context, const incoming_ptr& in, std::string password,
               std::function<void(std::string hash)> next) {
    auto ticket = context.runtime.password_queue.enter();
    if (!ticket) {
        in->exchange->respond(too_many());
        return;
    }
    actors::bridge::ask_command<actors::password_hashed>(
        context.system, context.unit(in->request.unit), context.runtime.passwords,
        actors::hash_password{secret(std::move(password)), std::move(ticket)}, password_timeout,
        [in, next = std::move(next)](result<actors::password_hashed> hashed) {
            if (hashed) {
                next(std::move(hashed->hash));
            } else {
                in->exchange->respond(problem(hashed.error()));
            }
        });
}

void check_then(const context& context, const incoming_ptr& in, password_check check) {
    const auto stored = std::make_shared<std::string>();
    const auto user = check.user;
    context.runtime.database->submit(
        [stored, user](pqxx::connection& connection) {
            *stored = storage::find_password_hash(connection, user).value_or("");
        },
        [&context, in, stored, check = std::move(check)](const result<void>& read) mutable {
            context.unit(in->request.unit)
                .dispatch([&context, in, stored, read, check = std::move(check)]() mutable {
                    if (!read) {
                        check.withdrawn();
                        in->exchange->respond(problem(read.error()));
                        return;
                    }
                    check_against(context, in, std::move(check), std::move(*stored));
                });
        });
}

} // namespace orch::api
