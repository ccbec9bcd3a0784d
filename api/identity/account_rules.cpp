#include "api/identity/account_rules.hpp"

#include "api/identity/email.hpp"
#include "api/identity/password_rules.hpp"
#include "api/text_rules.hpp"

namespace orch::api {

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

} // namespace orch::api
