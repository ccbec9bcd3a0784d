#include "api/member_rules.hpp"

#include "api/fault_list.hpp"

namespace orch::api {

namespace {

error refused(const std::string& field, const std::string& why) {
    fault_list faults;
    faults.add(field, field + ": " + why);
    return faults.to_error();
}

} // namespace

result<model::role> role_of(const std::string& text) {
    if (const auto role = model::parse_role(text)) {
        return *role;
    }
    return refused("role", "owner, developer or reporter");
}

result<model::invitation> invitation_of(const std::string& text) {
    if (const auto way = model::parse_invitation(text)) {
        return *way;
    }
    return refused("invited_as", "team_member, individual or external");
}

} // namespace orch::api
