#include "api/account_types.hpp"
#include "api/body.hpp"
#include "api/change.hpp"
#include "api/identity/account_rules.hpp"
#include "api/identity/handlers.hpp"
#include "api/text_rules.hpp"

#include "storage/people_store.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <memory>

// Accounts that are closed by their people, or many at once. Rows stay: what somebody did stays
// told.

namespace orch::api {

namespace {

using actors::registry_change;

constexpr std::size_t id_bytes_max = 36;

error gone() { return {errc::not_found, "There is no such account."}; }
error last_administrator() { return {errc::conflict, "The last administrator stays."}; }

void close(const context& context, const incoming& in, const registry_change& change,
           model::user user) {
    user.is_active = false;
    user.updated_at = change.at;
    storage::update_user(change.transaction, user);
    storage::delete_logins(change.transaction, user.id, "");
    record_activity(context, in, change, {}, model::activity_type::user_deactivated,
                    {"user", user.id.to_string(), user.name},
                    change_list{}.flag("is_active", true, false));
}

result<void> close_own(const context& context, const incoming& in, const registry_change& change) {
    const auto* user = change.registry.find_user(in.who.user);
    if (user == nullptr) {
        return gone();
    }
    if (is_last_administrator(*user, change.registry)) {
        return last_administrator();
    }
    if (const auto alone = owned_alone(user->id, change.registry); !alone.empty()) {
        return error{errc::conflict, fmt::format("You are the last owner of {}: make somebody "
                                                 "else an owner first.",
                                                 fmt::join(alone, ", "))};
    }
    close(context, in, change, *user);
    return {};
}

/// Closes the account that `text` names, unless a rule is against it. A second time changes
/// nothing.
result<user_id> try_close(const context& context, const incoming& in, const registry_change& change,
                          std::string_view text, const std::vector<user_id>& leaving) {
    const auto id = user_id::parse(text);
    const auto* user = id ? change.registry.find_user(*id) : nullptr;
    if (user == nullptr) {
        return gone();
    }
    if (user->id == in.who.user) {
        return error{errc::conflict, "Your own account is closed from your profile."};
    }
    if (is_last_administrator(*user, change.registry, leaving)) {
        return last_administrator();
    }
    if (user->is_active && std::find(leaving.begin(), leaving.end(), user->id) == leaving.end()) {
        close(context, in, change, *user);
    }
    return user->id;
}

/// Ids come back in the answer: none is longer than one can be.
result<void> check_ids(const std::vector<std::string>& ids) {
    fault_list faults;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        check_line(fmt::format("user_ids[{}]", i), ids[i], {id_bytes_max}, faults);
    }
    return faults.outcome();
}

struct closing {
    closed_accounts_view view;
    std::vector<user_id> closed;
};

closing close_all(const context& context, const incoming& in, const registry_change& change,
                  const std::vector<std::string>& ids) {
    closing all;
    for (const auto& id : ids) {
        if (const auto done = try_close(context, in, change, id, all.closed)) {
            all.closed.push_back(*done);
            all.view.successful_deletions.push_back(id);
        } else {
            all.view.failed_deletions.push_back({id, done.error().detail});
        }
    }
    all.view.total_processed = ids.size();
    all.view.message = fmt::format("{} of {} accounts are closed.", all.closed.size(), ids.size());
    return all;
}

} // namespace

void close_profile(const context& context, const incoming_ptr& in) {
    answer_after_change(
        context, in,
        [&context, in](const registry_change& change) { return close_own(context, *in, change); },
        [&context, in](const model::registry& /*registry*/) {
            context.runtime.logins.remove_all(in->who.user, "");
            return json_response(
                to_json(message_view{"The account is closed, and its logins have ended."}));
        });
}

void deactivate_users(const context& context, const incoming_ptr& in) {
    auto wanted = take_body<close_accounts_request>(*in);
    if (!wanted) {
        return;
    }
    if (const auto fit = check_ids(wanted->user_ids); !fit) {
        in->exchange->respond(problem(fit.error()));
        return;
    }
    const auto all = std::make_shared<closing>();
    answer_after_change(
        context, in,
        [&context, in, all, ids = std::move(wanted->user_ids)](const registry_change& change) {
            *all = close_all(context, *in, change, ids);
            return result<void>{};
        },
        [&context, all](const model::registry& /*registry*/) {
            for (const auto& user : all->closed) {
                context.runtime.logins.remove_all(user, "");
            }
            return json_response(to_json(all->view));
        });
}

} // namespace orch::api
