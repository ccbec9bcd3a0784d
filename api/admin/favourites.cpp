#include "api/account_types.hpp"
#include "api/admin/handlers.hpp"
#include "api/body.hpp"
#include "api/change.hpp"
#include "api/project_types.hpp"
#include "api/query.hpp"
#include "api/text_rules.hpp"
#include "api/timestamps.hpp"

#include "storage/favourite_store.hpp"

#include <memory>

namespace orch::api {

namespace {

constexpr std::int64_t favourites_max = 500;

bool is_kind(std::string_view text) {
    return text == "server" || text == "tool" || text == "project";
}

error bad_kind() { return {errc::invalid_argument, "favorite_type: server, tool or project"}; }

favourite_view view_of(const storage::favourite& one) {
    return {one.id.to_string(), one.kind, one.target_id, one.target_name,
            to_rfc3339(one.created_at)};
}

/// Whether the request comes from a person; the administrator token has no favourites.
bool refuse_strangers(const incoming& in) {
    if (in.who.user.is_nil()) {
        in.exchange->respond(problem(403, "Favourites belong to accounts."));
        return true;
    }
    return false;
}

result<void> check(const add_favourite_request& wanted) {
    fault_list faults;
    if (!is_kind(wanted.favorite_type)) {
        faults.add("favorite_type", bad_kind());
    }
    check_line("target_id", wanted.target_id, {255, 1}, faults);
    check_line("target_name", wanted.target_name, {255, 1}, faults);
    return faults.outcome();
}

result<void> store(const storage::favourite& added, pqxx::transaction_base& work) {
    if (storage::count_favourites(work, added.user) >= favourites_max) {
        return error{errc::conflict, "There are 500 favourites already: forget one first."};
    }
    if (!storage::insert_favourite(work, added)) {
        return error{errc::conflict, "target_id: is a favourite already"};
    }
    return {};
}

void remove(const context& context, const incoming_ptr& in, storage::favourite_choice which) {
    which.user = in->who.user;
    which.project = in->project->id;
    answer_after_change(
        context, in,
        [which = std::move(which)](const actors::registry_change& change) {
            return storage::delete_favourite(change.transaction, which)
                       ? result<void>{}
                       : error{errc::not_found, "There is no such favourite."};
        },
        [](const model::registry& /*registry*/) {
            return json_response(to_json(message_view{"The favourite was forgotten."}));
        });
}

} // namespace

void list_favourites(const context& context, const incoming_ptr& in) {
    const std::string kind(in->request.query_value("favorite_type").value_or(""));
    if (refuse_strangers(*in)) {
        return;
    }
    if (!kind.empty() && !is_kind(kind)) {
        in->exchange->respond(problem(bad_kind()));
        return;
    }
    using rows = std::vector<storage::favourite>;
    answer_from_database<rows>(
        context, in,
        [user = in->who.user, project = in->project->id, kind](pqxx::connection& connection) {
            return storage::list_favourites(connection, user, project, kind);
        },
        [](const rows& found) {
            std::vector<favourite_view> views;
            for (const auto& one : found) {
                views.push_back(view_of(one));
            }
            return json_response(to_json(views));
        });
}

void add_favourite(const context& context, const incoming_ptr& in) {
    if (refuse_strangers(*in)) {
        return;
    }
    const auto wanted = take_body<add_favourite_request>(*in);
    if (!wanted) {
        return;
    }
    if (const auto sound = check(*wanted); !sound) {
        in->exchange->respond(problem(sound.error()));
        return;
    }
    const auto added = std::make_shared<storage::favourite>(storage::favourite{
        favourite_id::random(), in->who.user, in->project->id, wanted->favorite_type,
        wanted->target_id, wanted->target_name, context.runtime.clock.wall()});
    // Through the one writer, so that the count and the row cannot race.
    answer_after_change(
        context, in,
        [added](const actors::registry_change& change) {
            return store(*added, change.transaction);
        },
        [added](const model::registry& /*registry*/) {
            return json_response(to_json(view_of(*added)), 201);
        });
}

void remove_favourite(const context& context, const incoming_ptr& in) {
    const auto id = favourite_id::parse(in->path["favorite"]);
    if (!id) {
        in->exchange->respond(problem(404, "There is no such favourite."));
    } else if (!refuse_strangers(*in)) {
        storage::favourite_choice which;
        which.id = *id;
        remove(context, in, std::move(which));
    }
}

void remove_favourite_of(const context& context, const incoming_ptr& in) {
    storage::favourite_choice which;
    which.kind = in->request.query_value("favorite_type").value_or("");
    which.target_id = in->request.query_value("target_id").value_or("");
    if (refuse_strangers(*in)) {
        return;
    }
    if (!is_kind(which.kind)) {
        in->exchange->respond(problem(bad_kind()));
        return;
    }
    remove(context, in, std::move(which));
}

} // namespace orch::api
