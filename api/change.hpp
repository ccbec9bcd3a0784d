#pragma once

#include "api/context.hpp"

#include "actors/admin_messages.hpp"
#include "core/model/activity.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace orch::api {

using change_work = std::function<result<void>(const actors::registry_change&)>;

/// Changes the registry with `work` (on the writer's thread, in its transaction) and goes on with
/// the registry after it, on the connection's unit; answers with the problem that `work` came back
/// with.
void change_then(const context& context, const incoming_ptr& in, change_work work,
                 std::function<void(const model::registry&)> next);
/// The same, for changes after which only the answer is left to make.
void answer_after_change(const context& context, const incoming_ptr& in, change_work work,
                         std::function<net::response(const model::registry&)> print);

/// Old and new values of a change, for its activity. Values that stayed are left out.
class change_list {
public:
    change_list& text(std::string_view field, std::string_view from, std::string_view to);
    change_list& flag(std::string_view field, bool from, bool to);
    change_list& number(std::string_view field, std::int64_t from, std::int64_t to);
    /// Of values that are JSON already.
    change_list& json(std::string_view field, std::string_view from, std::string_view to);

    [[nodiscard]] bool empty() const noexcept { return fields_.empty(); }
    /// A JSON object: field → {"from": …, "to": …}.
    [[nodiscard]] std::string to_json() const { return "{" + fields_ + "}"; }

private:
    void add(std::string_view field, std::string_view from, std::string_view to);

    std::string fields_;
};

/// What an activity is about.
struct activity_target {
    std::string_view type; ///< project, member, server, tool, api_key, user, team
    std::string id;
    std::string name;
    /// The team in whose feed it stands, too; nil for most.
    team_id team = {};
};

/// Writes down, in the transaction of `change`, what the principal of `in` did.
void record_activity(const context& context, const incoming& in,
                     const actors::registry_change& change, const project_id& project,
                     model::activity_type type, const activity_target& target,
                     const change_list& changes = {});

} // namespace orch::api
