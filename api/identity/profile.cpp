#include "api/body.hpp"
#include "api/change.hpp"
#include "api/identity/account_rules.hpp"
#include "api/identity/handlers.hpp"
#include "api/identity/password_rules.hpp"
#include "api/identity/passwords.hpp"
#include "api/identity/sign_in.hpp"
#include "api/problem.hpp"

#include "storage/people_store.hpp"

namespace orch::api {

namespace {

error gone() { return {errc::not_found, "The account is gone."}; }

net::response shown(const model::registry& registry, const user_id& id) {
    const auto* user = registry.find_user(id);
    return user != nullptr ? json_response(to_json(view_of(*user))) : problem(gone());
}

/// Stores the new password and ends every other login of the account.
void store_password(const context& context, const incoming_ptr& in, const std::string& hash) {
    const auto kept = login_of(context, *in);
    change_then(
        context, in,
        [&context, in, hash, kept](const actors::registry_change& change) {
            const auto* user = change.registry.find_user(in->who.user);
            if (user == nullptr) {
                return result<void>{gone()};
            }
            storage::update_password(change.transaction, user->id, hash);
            storage::delete_logins(change.transaction, user->id, kept);
            record_activity(context, *in, change, {}, model::activity_type::user_updated,
                            {"user", user->id.to_string(), user->name},
                            change_list{}.text("password", "", "changed"));
            return result<void>{};
        },
        [&context, in, kept](const model::registry& /*registry*/) {
            context.runtime.logins.remove_all(in->who.user, kept);
            in->exchange->respond(json_response(
                to_json(message_view{"The password was changed; other logins have ended."})));
        });
}

error about_field(std::string field, std::string detail) {
    return {errc::invalid_argument, detail, {{std::move(field), detail}}};
}

} // namespace

void show_profile(const context& /*context*/, const incoming_ptr& in) {
    in->exchange->respond(shown(*in->registry, in->who.user));
}

void update_profile(const context& context, const incoming_ptr& in) {
    const auto wanted = take_body<update_profile_request>(*in);
    if (!wanted) {
        return;
    }
    fault_list faults;
    check_account_name(wanted->name, faults);
    if (!faults.empty()) {
        in->exchange->respond(problem(faults.to_error()));
        return;
    }
    answer_after_change(
        context, in,
        [&context, in, name = wanted->name](const actors::registry_change& change) {
            const auto* now = change.registry.find_user(in->who.user);
            if (now == nullptr) {
                return result<void>{gone()};
            }
            auto user = *now;
            user.name = name;
            user.updated_at = change.at;
            storage::update_user(change.transaction, user);
            record_activity(context, *in, change, {}, model::activity_type::user_updated,
                            {"user", user.id.to_string(), user.name},
                            change_list{}.text("name", now->name, user.name));
            return result<void>{};
        },
        [in](const model::registry& registry) { return shown(registry, in->who.user); });
}

void change_password(const context& context, const incoming_ptr& in) {
    auto wanted = read_body<change_password_request>(in->request.body);
    const auto* user = in->registry->find_user(in->who.user);
    if (!wanted || user == nullptr) {
        in->exchange->respond(problem(wanted ? gone() : wanted.error()));
        return;
    }
    if (const auto chosen = check_new_password(wanted->new_password, user->email, user->name);
        !chosen) {
        in->exchange->respond(problem(about_field("new_password", "new_" + chosen.error().detail)));
        return;
    }
    const auto& address = in->request.client_address;
    const auto& email = user->email;
    if (const auto wait = context.throttle->begin_login(address, email)) {
        in->exchange->respond(too_often(*wait));
        return;
    }
    check_then(
        context, in,
        {std::move(wanted->current_password), user->id,
         [&context, address, email] { context.throttle->login_withdrawn(address, email); },
         [&context, in, address, email, chosen = std::move(wanted->new_password)](bool match) {
             if (!match) {
                 auto wrong = about_field("current_password",
                                          "current_password: this is not your password");
                 wrong.code = errc::forbidden;
                 in->exchange->respond(problem(wrong));
                 return;
             }
             context.throttle->login_succeeded(address, email);
             hash_then(context, in, chosen, [&context, in](const std::string& hash) {
                 store_password(context, in, hash);
             });
         }});
}

} // namespace orch::api
