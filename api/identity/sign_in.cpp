#include "api/identity/sign_in.hpp"

#include "api/problem.hpp"
#include "api/timestamps.hpp"

#include "crypto/digest.hpp"
#include "crypto/random.hpp"
#include "storage/people_store.hpp"

namespace orch::api {

namespace {

/// 285 random bits.
constexpr std::size_t token_characters = 48;
constexpr std::size_t user_agent_max = 500;

} // namespace

account_view view_of(const model::user& user) {
    account_view view;
    view.id = user.id.to_string();
    view.email = user.email;
    view.name = user.name;
    view.is_admin = user.is_admin;
    view.is_active = user.is_active;
    view.created_at = to_rfc3339(user.created_at);
    view.last_login_at = to_rfc3339(user.last_login_at);
    return view;
}

void sign_in(const context& context, const incoming_ptr& in, const model::user& user,
             const std::string& message, int status) {
    const auto token = crypto::random_token(token_characters);
    const auto now = context.runtime.clock.wall();
    model::login login{crypto::sha256(token),
                       user.id,
                       now,
                       now,
                       in->request.client_address,
                       std::string(in->request.header("user-agent").substr(0, user_agent_max))};
    context.runtime.database->submit(
        [login](pqxx::connection& connection) { storage::insert_login(connection, login); },
        [&context, in, login, token, user, message, status](const result<void>& stored) {
            if (!stored) {
                in->exchange->respond(problem(stored.error()));
                return;
            }
            for (const auto& gone : context.runtime.logins.add(login)) {
                context.runtime.database->submit(
                    [key = gone.token_sha256](pqxx::connection& connection) {
                        storage::delete_login(connection, key);
                    },
                    [](const result<void>&) {});
            }
            auto answer = json_response(to_json(signed_in_view{message, view_of(user)}), status);
            answer.headers.emplace_back(
                "Set-Cookie",
                context.cookie.issue(token, context.runtime.logins.limits().absolute));
            answer.headers.emplace_back("Cache-Control", "no-store");
            in->exchange->respond(std::move(answer));
        });
}

std::string login_of(const context& context, const incoming& in) {
    const auto token = context.cookie.read(in.request.headers);
    return token ? crypto::sha256(*token) : std::string{};
}

} // namespace orch::api
