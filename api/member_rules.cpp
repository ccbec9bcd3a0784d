#include "api/member_rules.hpp"

namespace orch::api {

result<model::role> role_of(const std::string& text) {
    const auto role = model::parse_role(text);
    return role ? result<model::role>(*role)
                : error{errc::invalid_argument,
                        "role: owner, developer or reporter",
                        {{"role", "role: owner, developer or reporter"}}};
}

result<model::invitation> invitation_of(const std::string& text) {
    const auto way = model::parse_invitation(text);
    return way ? result<model::invitation>(*way)
               : error{errc::invalid_argument,
                       "invited_as: team_member, individual or external",
                       {{"invited_as", "invited_as: team_member, individual or external"}}};
}

} // namespace orch::api
