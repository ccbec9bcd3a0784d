#include "core/model/activity.hpp"

#include "core/model/enum_names.hpp"

namespace orch::model {

namespace {

constexpr enum_names<activity_type, 37> type_names{{
    {activity_type::project_created, "project_created"},
    {activity_type::project_updated, "project_updated"},
    {activity_type::project_deleted, "project_deleted"},
    {activity_type::member_invited, "member_invited"},
    {activity_type::member_role_changed, "member_role_changed"},
    {activity_type::member_removed, "member_removed"},
    {activity_type::server_created, "server_created"},
    {activity_type::server_updated, "server_updated"},
    {activity_type::server_deleted, "server_deleted"},
    {activity_type::server_toggled, "server_toggled"},
    {activity_type::api_key_created, "api_key_created"},
    {activity_type::api_key_updated, "api_key_updated"},
    {activity_type::api_key_deleted, "api_key_deleted"},
    {activity_type::user_joined, "user_joined"},
    {activity_type::user_updated, "user_updated"},
    {activity_type::user_deactivated, "user_deactivated"},
    {activity_type::project_security_updated, "project_security_updated"},
    {activity_type::project_transferred, "project_transferred"},
    {activity_type::member_left, "member_left"},
    {activity_type::team_created, "team_created"},
    {activity_type::team_updated, "team_updated"},
    {activity_type::team_deleted, "team_deleted"},
    {activity_type::team_transferred, "team_transferred"},
    {activity_type::team_invited, "team_invited"},
    {activity_type::team_removed, "team_removed"},
    {activity_type::team_member_joined, "team_member_joined"},
    {activity_type::team_member_role_changed, "team_member_role_changed"},
    {activity_type::team_member_removed, "team_member_removed"},
    {activity_type::server_restarted, "server_restarted"},
    {activity_type::server_tested, "server_tested"},
    {activity_type::server_refreshed, "server_refreshed"},
    {activity_type::tool_switched, "tool_switched"},
    {activity_type::api_key_rotated, "api_key_rotated"},
    {activity_type::secrets_rotated, "secrets_rotated"},
    {activity_type::data_migrated, "data_migrated"},
    {activity_type::scheduler_updated, "scheduler_updated"},
    {activity_type::unknown, "unknown"},
}};
constexpr enum_names<severity, 4> severity_names{{
    {severity::info, "info"},
    {severity::success, "success"},
    {severity::warning, "warning"},
    {severity::error, "error"},
}};

} // namespace

std::string_view to_string(activity_type type) noexcept { return name_in(type_names, type); }
std::string_view to_string(severity value) noexcept { return name_in(severity_names, value); }

activity_type parse_activity_type(std::string_view text) noexcept {
    return value_in(type_names, text).value_or(activity_type::unknown);
}

severity severity_of(activity_type type) noexcept {
    switch (type) {
    case activity_type::project_created:
    case activity_type::member_invited:
    case activity_type::server_created:
    case activity_type::api_key_created:
    case activity_type::team_created:
    case activity_type::team_invited:
    case activity_type::team_member_joined:
    case activity_type::user_joined: return severity::success;
    case activity_type::project_deleted:
    case activity_type::member_removed:
    case activity_type::server_deleted:
    case activity_type::team_deleted:
    case activity_type::team_removed:
    case activity_type::team_member_removed:
    case activity_type::member_left:
    case activity_type::user_deactivated:
    case activity_type::project_security_updated:
    case activity_type::api_key_deleted: return severity::warning;
    default: return severity::info;
    }
}

} // namespace orch::model
