#include "api/identity/email.hpp"
#include "api/identity/handlers.hpp"
#include "api/identity/passwords.hpp"
#include "api/identity/sign_in.hpp"
#include "api/problem.hpp"

#include "storage/people_store.hpp"

namespace orch::api {

namespace {

/// The same words and the same work for a wrong password, no such account and a closed one.
net::response not_signed_in() {
    return problem(401, "The e-mail address or the password is not right.");
}

} // namespace

void log_in(const context& context, const incoming_ptr& in) {
    auto wanted = read_body<login_request>(in->request.body);
    if (!wanted) {
        in->exchange->respond(problem(wanted.error()));
        return;
    }
    const auto normalised = normalise_email(wanted->email);
    const std::string email = normalised ? *normalised : std::string{};
    const auto& address = in->request.client_address;
    if (const auto wait = context.throttle->begin_login(address, email)) {
        in->exchange->respond(too_often(*wait));
        return;
    }
    const auto registry = context.runtime.registry.load();
    const auto* user = registry->find_user(email);
    const bool open = user != nullptr && user->is_active;
    check_then(context, in,
               {std::move(wanted->password), open ? user->id : user_id{},
                [&context, address, email] { context.throttle->login_withdrawn(address, email); },
                [&context, in, registry, user, open, address, email](bool match) {
                    if (!match || !open) {
                        in->exchange->respond(not_signed_in());
                        return;
                    }
                    context.throttle->login_succeeded(address, email);
                    sign_in(context, in, *user, "You are signed in.", 200);
                }});
}

void log_out(const context& context, const incoming_ptr& in) {
    const auto key = login_of(context, *in);
    context.runtime.logins.remove(key);
    context.runtime.database->submit(
        [key](pqxx::connection& connection) { storage::delete_login(connection, key); },
        [&context, in](const result<void>& removed) {
            auto answer = removed ? json_response(to_json(message_view{"You are signed out."}))
                                  : problem(removed.error());
            answer.headers.emplace_back("Set-Cookie", context.cookie.expire());
            in->exchange->respond(std::move(answer));
        });
}

} // namespace orch::api
