#include "api/change.hpp"

#include "api/problem.hpp"

#include "actors/bridge/ask.hpp"
#include "core/json_writer.hpp"
#include "storage/activity_store.hpp"

namespace orch::api {

namespace {

constexpr std::chrono::seconds change_timeout{30};

std::string quoted(std::string_view text) {
    std::string out;
    append_json_string(out, text);
    return out;
}

std::string name_of_actor(const principal& who, const model::registry& registry) {
    const auto* user = registry.find_user(who.user);
    return user != nullptr ? user->name : "Administrator";
}

} // namespace

void change_then(const context& context, const incoming_ptr& in, change_work work,
                 std::function<void(const model::registry&)> next) {
    actors::bridge::ask_command<actors::registry_changed>(
        context.system, context.unit(in->request.unit), context.runtime.registry_writer,
        actors::change_registry{std::move(work)}, change_timeout,
        [in, next = std::move(next)](const result<actors::registry_changed>& changed) {
            if (changed) {
                next(*changed->registry);
            } else {
                in->exchange->respond(problem(changed.error()));
            }
        });
}

void answer_after_change(const context& context, const incoming_ptr& in, change_work work,
                         std::function<net::response(const model::registry&)> print) {
    change_then(context, in, std::move(work),
                [in, print = std::move(print)](const model::registry& registry) {
                    in->exchange->respond(print(registry));
                });
}

change_list& change_list::text(std::string_view field, std::string_view from, std::string_view to) {
    if (from != to) {
        add(field, quoted(from), quoted(to));
    }
    return *this;
}

change_list& change_list::flag(std::string_view field, bool from, bool to) {
    if (from != to) {
        add(field, from ? "true" : "false", to ? "true" : "false");
    }
    return *this;
}

change_list& change_list::number(std::string_view field, std::int64_t from, std::int64_t to) {
    if (from != to) {
        add(field, std::to_string(from), std::to_string(to));
    }
    return *this;
}

change_list& change_list::json(std::string_view field, std::string_view from, std::string_view to) {
    if (from != to) {
        add(field, from, to);
    }
    return *this;
}

void change_list::add(std::string_view field, std::string_view from, std::string_view to) {
    fields_ += fields_.empty() ? "" : ",";
    append_json_string(fields_, field);
    fields_.append(":{\"from\":").append(from).append(",\"to\":").append(to).append("}");
}

void record_activity(const context& context, const incoming& in,
                     const actors::registry_change& change, const project_id& project,
                     model::activity_type type, const activity_target& target,
                     const change_list& changes) {
    model::activity activity;
    activity.id = context.runtime.sequence.next(change.at);
    activity.project = project;
    activity.team = target.team;
    activity.type = type;
    activity.actor = in.who.name;
    activity.actor_name = name_of_actor(in.who, change.registry);
    activity.target_type = target.type;
    activity.target_id = target.id;
    activity.target_name = target.name;
    activity.changes = changes.to_json();
    activity.ip_address = in.request.client_address;
    storage::insert_activity(change.transaction, activity);
}

} // namespace orch::api
