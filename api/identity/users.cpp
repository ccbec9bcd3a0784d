#include "api/identity/handlers.hpp"
#include "api/identity/sign_in.hpp"
#include "api/problem.hpp"

namespace orch::api {

void list_users(const context& /*context*/, const incoming_ptr& in) {
    std::vector<account_view> views;
    for (const auto& user : in->registry->users()) {
        views.push_back(view_of(user));
    }
    in->exchange->respond(json_response(to_json(views)));
}

} // namespace orch::api
