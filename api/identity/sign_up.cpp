#include "api/change.hpp"
#include "api/identity/account_rules.hpp"
#include "api/identity/handlers.hpp"
#include "api/identity/passwords.hpp"
#include "api/identity/sign_in.hpp"
#include "api/problem.hpp"

#include "crypto/api_key.hpp"
#include "crypto/digest.hpp"
#include "storage/people_store.hpp"

namespace orch::api {

namespace {

/// Stores the account; nothing changes when the address has one already.
result<void> add_account(const context& context, const incoming& in, model::user user,
                         const std::string& hash, const actors::registry_change& change) {
    if (change.registry.find_user(user.email) != nullptr) {
        return {};
    }
    user.created_at = change.at;
    user.updated_at = change.at;
    storage::insert_user(change.transaction, user, hash);
    record_activity(context, in, change, {}, model::activity_type::user_joined,
                    {"user", user.id.to_string(), user.name});
    return {};
}

} // namespace

void show_entrance(const context& context, const incoming_ptr& in) {
    if (context.runtime.state() != actors::readiness::ready) {
        // Who has an account is not known before.
        in->exchange->respond(problem(503, context.runtime.condition()));
        return;
    }
    in->exchange->respond(json_response(to_json(
        entrance_view{context.runtime.registry.load()->users().empty(), context.options.sign_up})));
}

void set_up(const context& context, const incoming_ptr& in) {
    auto wanted = read_body<set_up_request>(in->request.body);
    if (!wanted) {
        in->exchange->respond(problem(wanted.error()));
        return;
    }
    const bool asked = crypto::constant_time_equal(crypto::sha256(wanted->token),
                                                   context.options.set_up_token_sha256);
    if (!asked || !context.runtime.registry.load()->users().empty()) {
        in->exchange->respond(problem(403, "The set-up link is not valid, or was used already."));
        return;
    }
    auto user = account_of(wanted->name, wanted->email, wanted->password);
    if (!user) {
        in->exchange->respond(problem(user.error()));
        return;
    }
    user->is_admin = true;
    hash_then(context, in, std::move(wanted->password),
              [&context, in, user = std::move(*user)](const std::string& hash) {
                  change_then(
                      context, in,
                      [&context, in, user, hash](const actors::registry_change& change) {
                          return change.registry.users().empty()
                                     ? add_account(context, *in, user, hash, change)
                                     : result<void>{error{errc::forbidden,
                                                          "The set-up link was used already."}};
                      },
                      [&context, in, id = user.id](const model::registry& registry) {
                          sign_in(context, in, *registry.find_user(id), "The account is there.",
                                  201);
                      });
              });
}

void sign_up(const context& context, const incoming_ptr& in) {
    if (!context.options.sign_up) {
        in->exchange->respond(problem(403, "Accounts are made by the administrator here."));
        return;
    }
    auto wanted = read_body<sign_up_request>(in->request.body);
    auto user = wanted ? account_of(wanted->name, wanted->email, wanted->password)
                       : result<model::user>(wanted.error());
    if (!user) {
        in->exchange->respond(problem(user.error()));
        return;
    }
    if (const auto wait = context.throttle->begin_sign_up(in->request.client_address)) {
        in->exchange->respond(
            problem_for_now(429, "Too many new accounts from this address.", *wait));
        return;
    }
    hash_then(context, in, std::move(wanted->password),
              [&context, in, user = std::move(*user)](const std::string& hash) {
                  answer_after_change(
                      context, in,
                      [&context, in, user, hash](const actors::registry_change& change) {
                          return add_account(context, *in, user, hash, change);
                      },
                      [](const model::registry& /*registry*/) {
                          return json_response(
                              to_json(message_view{"If the address was free, the account is there "
                                                   "now: sign in with it."}),
                              202);
                      });
              });
}

} // namespace orch::api
