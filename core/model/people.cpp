#include "core/model/people.hpp"

#include "core/model/enum_names.hpp"

namespace orch::model {

namespace {

constexpr enum_names<role, 3> role_names{{
    {role::reporter, "reporter"},
    {role::developer, "developer"},
    {role::owner, "owner"},
}};
constexpr enum_names<invitation, 3> invitation_names{{
    {invitation::team_member, "team_member"},
    {invitation::individual, "individual"},
    {invitation::external, "external"},
}};

} // namespace

std::string_view to_string(role value) noexcept { return name_in(role_names, value); }
std::string_view to_string(invitation value) noexcept { return name_in(invitation_names, value); }
std::optional<role> parse_role(std::string_view text) noexcept {
    return value_in(role_names, text);
}
std::optional<invitation> parse_invitation(std::string_view text) noexcept {
    return value_in(invitation_names, text);
}

} // namespace orch::model
