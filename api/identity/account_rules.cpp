#include "api/identity/account_rules.hpp"

#include "api/identity/email.hpp"
#include "api/identity/password_rules.hpp"
#include "api/text_rules.hpp"

#include <algorithm>

namespace orch::api {

namespace {

bool is_active(const user_id& user, const model::registry& registry) {
    const auto* account = registry.find_user(user);
    return account != nullptr && account->is_active;
}

} // namespace

void check_account_name(const std::string& name, fault_list& faults) {
    check_line("name", name, {255, 1}, faults);
}

result<model::user> account_of(const std::string& name, const std::string& email,
                               const std::string& password) {
    fault_list faults;
    check_account_name(name, faults);
    auto address = normalise_email(email);
    if (!address) {
        faults.add("email", address.error());
    }
    if (const auto chosen = check_new_password(password, address ? *address : email, name);
        !chosen) {
        faults.add("password", chosen.error());
    }
    if (!faults.empty()) {
        return faults.to_error();
    }
    model::user user;
    user.id = user_id::random();
    user.email = std::move(*address);
    user.name = name;
    return user;
}

bool is_last_administrator(const model::user& user, const model::registry& registry,
                           const std::vector<user_id>& leaving) {
    return user.is_admin && user.is_active &&
           std::none_of(registry.users().begin(), registry.users().end(), [&](const auto& other) {
               return other.id != user.id && other.is_admin && other.is_active &&
                      std::find(leaving.begin(), leaving.end(), other.id) == leaving.end();
           });
}

std::vector<std::string> owned_alone(const user_id& user, const model::registry& registry) {
    std::vector<std::string> names;
    for (const auto& project : registry.projects()) {
        const auto* own = registry.find_member(project.id, user);
        if (own == nullptr || own->role != model::role::owner) {
            continue;
        }
        const auto members = registry.members_of(project.id);
        if (std::none_of(members.begin(), members.end(), [&](const auto* other) {
                return other->user != user && other->role == model::role::owner &&
                       is_active(other->user, registry);
            })) {
            names.push_back(project.name);
        }
    }
    return names;
}

} // namespace orch::api
