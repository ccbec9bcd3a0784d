#include "api/body.hpp"
#include "api/change.hpp"
#include "api/identity/account_rules.hpp"
#include "api/identity/handlers.hpp"
#include "api/identity/password_rules.hpp"
#include "api/identity/passwords.hpp"
#include "api/identity/sign_in.hpp"
#include "api/paging.hpp"
#include "core/ascii.hpp"

#include "storage/people_store.hpp"

#include <algorithm>

// Accounts in the hands of administrators.

namespace orch::api {

namespace {

using actors::registry_change;

error gone() { return {errc::not_found, "There is no such account."}; }

const model::user* user_in(const incoming& in, const model::registry& registry) {
    const auto id = user_id::parse(in.path["user"]);
    return id ? registry.find_user(*id) : nullptr;
}

admin_account_view admin_view_of(const model::user& user, const model::registry& registry) {
    admin_account_view view;
    static_cast<account_view&>(view) = view_of(user);
    for (const auto& member : registry.members()) {
        view.projects_count += member.user == user.id ? 1 : 0;
    }
    for (const auto& team : registry.teams()) {
        view.teams_count += registry.find_member(team.id, user.id) != nullptr ? 1 : 0;
    }
    return view;
}

net::response shown(const user_id& id, const model::registry& registry, int status) {
    const auto* user = registry.find_user(id);
    return user != nullptr ? json_response(to_json(admin_view_of(*user, registry)), status)
                           : problem(gone());
}

result<void> check_update(const model::user& before, const model::user& after, const incoming& in,
                          const model::registry& registry) {
    fault_list faults;
    check_account_name(after.name, faults);
    if (!faults.empty()) {
        return faults.to_error();
    }
    const bool loses = before.is_admin && before.is_active && !(after.is_admin && after.is_active);
    if (loses && before.id == in.who.user) {
        return error{errc::conflict, "Nobody takes the administration from oneself."};
    }
    if (loses && is_last_administrator(before, registry)) {
        return error{errc::conflict, "The last administrator stays."};
    }
    return {};
}

/// Changes the account of the path with `alter`; logins of one that is not active any more end.
void change_user(const context& context, const incoming_ptr& in,
                 std::function<void(model::user&)> alter,
                 std::function<net::response(const user_id&, const model::registry&)> print) {
    const auto* found = user_in(*in, *in->registry);
    if (found == nullptr) {
        in->exchange->respond(problem(gone()));
        return;
    }
    answer_after_change(
        context, in,
        [&context, in, alter = std::move(alter)](const registry_change& change) {
            const auto* before = user_in(*in, change.registry);
            if (before == nullptr) {
                return result<void>{gone()};
            }
            auto after = *before;
            alter(after);
            if (auto checked = check_update(*before, after, *in, change.registry); !checked) {
                return checked;
            }
            change_list changes;
            changes.text("name", before->name, after.name)
                .flag("is_admin", before->is_admin, after.is_admin)
                .flag("is_active", before->is_active, after.is_active);
            if (changes.empty()) {
                return result<void>{};
            }
            after.updated_at = change.at;
            storage::update_user(change.transaction, after);
            if (!after.is_active) {
                storage::delete_logins(change.transaction, after.id, "");
            }
            record_activity(context, *in, change, {},
                            before->is_active && !after.is_active
                                ? model::activity_type::user_deactivated
                                : model::activity_type::user_updated,
                            {"user", after.id.to_string(), after.name}, changes);
            return result<void>{};
        },
        [&context, print = std::move(print), id = found->id](const model::registry& registry) {
            const auto* user = registry.find_user(id);
            if (user != nullptr && !user->is_active) {
                context.runtime.logins.remove_all(id, "");
            }
            return print(id, registry);
        });
}

} // namespace

void list_users(const context& /*context*/, const incoming_ptr& in) {
    const auto page = read_page(in->request);
    const auto inactive = read_flag(in->request, "include_inactive");
    if (!page || !inactive) {
        in->exchange->respond(problem(!page ? page.error() : inactive.error()));
        return;
    }
    const auto search = in->request.query_value("search").value_or("");
    std::vector<const model::user*> found;
    for (const auto& user : in->registry->users()) {
        if (contains_word(user.name + "\n" + user.email, search) &&
            (user.is_active || inactive->value_or(true))) {
            found.push_back(&user);
        }
    }
    account_page_view view{{}, found.size(), page->page, page->per_page};
    for (auto i = page->begin(found.size()); i < page->end(found.size()); ++i) {
        view.users.push_back(admin_view_of(*found[i], *in->registry));
    }
    in->exchange->respond(json_response(to_json(view)));
}

void show_user(const context& /*context*/, const incoming_ptr& in) {
    const auto* user = user_in(*in, *in->registry);
    in->exchange->respond(user != nullptr ? shown(user->id, *in->registry, 200) : problem(gone()));
}

void create_user(const context& context, const incoming_ptr& in) {
    auto wanted = take_body<create_user_request>(*in);
    if (!wanted) {
        return;
    }
    auto user = account_of(wanted->name, wanted->email, wanted->password);
    if (!user) {
        in->exchange->respond(problem(user.error()));
        return;
    }
    user->is_admin = wanted->is_admin.value_or(false);
    hash_then(context, in, std::move(wanted->password),
              [&context, in, user = std::move(*user)](const std::string& hash) {
                  answer_after_change(
                      context, in,
                      [&context, in, user, hash](const registry_change& change) {
                          if (change.registry.find_user(user.email) != nullptr) {
                              return result<void>{
                                  error{errc::conflict, "email: an account has this address"}};
                          }
                          auto made = user;
                          made.created_at = made.updated_at = change.at;
                          storage::insert_user(change.transaction, made, hash);
                          record_activity(context, *in, change, {},
                                          model::activity_type::user_joined,
                                          {"user", made.id.to_string(), made.name});
                          return result<void>{};
                      },
                      [id = user.id](const model::registry& registry) {
                          return shown(id, registry, 201);
                      });
              });
}

void update_user(const context& context, const incoming_ptr& in) {
    auto wanted = take_body<update_user_request>(*in);
    if (!wanted) {
        return;
    }
    change_user(
        context, in,
        [wanted = std::move(*wanted)](model::user& user) {
            user.name = wanted.name.value_or(user.name);
            user.is_admin = wanted.is_admin.value_or(user.is_admin);
            user.is_active = wanted.is_active.value_or(user.is_active);
        },
        [](const user_id& id, const model::registry& registry) {
            return shown(id, registry, 200);
        });
}

void deactivate_user(const context& context, const incoming_ptr& in) {
    change_user(
        context, in, [](model::user& user) { user.is_active = false; },
        [](const user_id& /*id*/, const model::registry& /*registry*/) {
            return json_response(
                to_json(message_view{"The account is closed, and its logins have ended."}));
        });
}

void reset_password(const context& context, const incoming_ptr& in) {
    auto wanted = take_body<set_password_request>(*in);
    if (!wanted) {
        return;
    }
    const auto* user = user_in(*in, *in->registry);
    if (user == nullptr) {
        in->exchange->respond(problem(gone()));
        return;
    }
    if (const auto chosen = check_new_password(wanted->password, user->email, user->name);
        !chosen) {
        fault_list faults;
        faults.add("password", chosen.error());
        in->exchange->respond(problem(faults.to_error()));
        return;
    }
    hash_then(context, in, std::move(wanted->password),
              [&context, in, id = user->id](const std::string& hash) {
                  answer_after_change(
                      context, in,
                      [&context, in, id, hash](const registry_change& change) {
                          const auto* now = change.registry.find_user(id);
                          if (now == nullptr) {
                              return result<void>{gone()};
                          }
                          storage::update_password(change.transaction, id, hash);
                          storage::delete_logins(change.transaction, id, "");
                          record_activity(context, *in, change, {},
                                          model::activity_type::user_updated,
                                          {"user", id.to_string(), now->name},
                                          change_list{}.text("password", "", "changed"));
                          return result<void>{};
                      },
                      [&context, id](const model::registry& /*registry*/) {
                          context.runtime.logins.remove_all(id, "");
                          return json_response(to_json(message_view{
                              "The password was set; all logins of the account have ended."}));
                      });
              });
}

} // namespace orch::api
