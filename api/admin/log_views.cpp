#include "api/account_types.hpp"
#include "api/admin/handlers.hpp"
#include "api/body.hpp"
#include "api/change.hpp"
#include "api/log_view_rules.hpp"
#include "api/log_view_types.hpp"
#include "api/query.hpp"
#include "api/timestamps.hpp"

#include "storage/log_view_store.hpp"
#include "storage/transact.hpp"

#include <memory>

namespace orch::api {

namespace {

constexpr std::int64_t views_max = 100;

using view_list = std::vector<storage::log_view>;
using maybe_view = std::optional<storage::log_view>;

log_view_view view_of(const storage::log_view& one) {
    return {one.id.to_string(), one.name, one.query, to_rfc3339(one.created_at),
            to_rfc3339(one.updated_at)};
}

error no_such_view() { return {errc::not_found, "There is no such view."}; }

/// Whose views the request is about; the administrator token, which has none, is answered.
std::optional<storage::log_view_owner> owner_of(const incoming& in) {
    if (in.who.user.is_nil()) {
        in.exchange->respond(problem(403, "Views belong to accounts."));
        return std::nullopt;
    }
    return storage::log_view_owner{in.who.user, in.project->id};
}

/// The view that the path names; one that cannot be is answered.
std::optional<log_view_id> view_id_of(const incoming& in) {
    const auto id = log_view_id::parse(in.path["view"]);
    if (!id) {
        in.exchange->respond(problem(no_such_view()));
    }
    return id;
}

/// What a request says about a view, read and found to be sound.
struct wanted_view {
    std::optional<std::string> name;
    std::optional<std::string> query;
};

result<wanted_view> check(const context& context, const incoming& in,
                          const update_log_view_request& given) {
    wanted_view wanted{given.name, std::nullopt};
    fault_list faults;
    if (given.name) {
        check_view_name(*given.name, faults);
    }
    if (given.query) {
        wanted.query = checked_view_query(*given.query, *in.project, *in.registry,
                                          context.runtime.clock.wall(), faults);
    }
    return faults.empty() ? result<wanted_view>(std::move(wanted)) : faults.to_error();
}

result<void> store(pqxx::transaction_base& work, const storage::log_view& saved) {
    return storage::save_log_view(work, saved)
               ? result<void>{}
               : error{errc::conflict, "name: you have a view of this name already"};
}

result<void> add(pqxx::transaction_base& work, const storage::log_view& added) {
    if (storage::count_log_views(work, {added.user, added.project}) >= views_max) {
        return error{errc::conflict, "There are 100 views already: delete one first."};
    }
    return store(work, added);
}

/// Through the one writer, so that counts and names cannot race; answers with the view that `work`
/// leaves in `saved`.
void answer_with_saved(const context& context, const incoming_ptr& in,
                       const std::shared_ptr<storage::log_view>& saved, int status,
                       change_work work) {
    answer_after_change(context, in, std::move(work),
                        [saved, status](const model::registry& /*registry*/) {
                            return json_response(to_json(view_of(*saved)), status);
                        });
}

} // namespace

void list_log_views(const context& context, const incoming_ptr& in) {
    const auto owner = owner_of(*in);
    if (!owner) {
        return;
    }
    answer_from_database<view_list>(
        context, in,
        [owner = *owner](pqxx::connection& connection) {
            return storage::list_log_views(connection, owner);
        },
        [](const view_list& found) {
            std::vector<log_view_view> views;
            for (const auto& one : found) {
                views.push_back(view_of(one));
            }
            return json_response(to_json(views));
        });
}

void show_log_view(const context& context, const incoming_ptr& in) {
    const auto owner = owner_of(*in);
    const auto id = owner ? view_id_of(*in) : std::nullopt;
    if (!id) {
        return;
    }
    answer_from_database<maybe_view>(
        context, in,
        [owner = *owner, id = *id](pqxx::connection& connection) {
            return storage::find_log_view(connection, owner, id);
        },
        [](const maybe_view& found) {
            return found ? json_response(to_json(view_of(*found))) : problem(no_such_view());
        });
}

void create_log_view(const context& context, const incoming_ptr& in) {
    const auto owner = owner_of(*in);
    const auto given = owner ? take_body<create_log_view_request>(*in) : std::nullopt;
    if (!given) {
        return;
    }
    auto wanted = check(context, *in, {given->name, given->query});
    if (!wanted) {
        in->exchange->respond(problem(wanted.error()));
        return;
    }
    const auto now = context.runtime.clock.wall();
    const auto saved = std::make_shared<storage::log_view>(
        storage::log_view{log_view_id::random(), owner->user, owner->project,
                          std::move(*wanted->name), std::move(*wanted->query), now, now});
    answer_with_saved(context, in, saved, 201, [saved](const actors::registry_change& change) {
        return add(change.transaction, *saved);
    });
}

void update_log_view(const context& context, const incoming_ptr& in) {
    const auto owner = owner_of(*in);
    const auto id = owner ? view_id_of(*in) : std::nullopt;
    const auto given = id ? take_body<update_log_view_request>(*in) : std::nullopt;
    if (!given) {
        return;
    }
    const auto wanted = check(context, *in, *given);
    if (!wanted) {
        in->exchange->respond(problem(wanted.error()));
        return;
    }
    const auto saved = std::make_shared<storage::log_view>();
    answer_with_saved(context, in, saved, 200,
                      [saved, owner = *owner, id = *id,
                       wanted = *wanted](const actors::registry_change& change) -> result<void> {
                          auto found = storage::find_log_view(change.transaction, owner, id);
                          if (!found) {
                              return no_such_view();
                          }
                          found->name = wanted.name.value_or(found->name);
                          found->query = wanted.query.value_or(found->query);
                          found->updated_at = change.at;
                          *saved = *found;
                          return store(change.transaction, *saved);
                      });
}

void delete_log_view(const context& context, const incoming_ptr& in) {
    const auto owner = owner_of(*in);
    const auto id = owner ? view_id_of(*in) : std::nullopt;
    if (!id) {
        return;
    }
    answer_after_change(
        context, in,
        [owner = *owner, id = *id](const actors::registry_change& change) {
            return storage::delete_log_view(change.transaction, owner, id)
                       ? result<void>{}
                       : result<void>{no_such_view()};
        },
        [](const model::registry& /*registry*/) {
            return json_response(to_json(message_view{"The view was deleted."}));
        });
}

} // namespace orch::api
