#pragma once

#include "api/described_json.hpp"

#include <optional>
#include <string>
#include <vector>

// Bodies about accounts. Passwords go in and never come out.

namespace orch::api {

struct account_view {
    std::string id;
    std::string email;
    std::string name;
    bool is_admin = false;
    bool is_active = true;
    std::string created_at;
    std::optional<std::string> last_login_at;
};
BOOST_DESCRIBE_STRUCT(account_view, (),
                      (id, email, name, is_admin, is_active, created_at, last_login_at))

struct signed_in_view {
    std::string message;
    account_view user;
};
BOOST_DESCRIBE_STRUCT(signed_in_view, (), (message, user))

struct sign_up_request {
    std::string name;
    std::string email;
    std::string password;
};
BOOST_DESCRIBE_STRUCT(sign_up_request, (), (name, email, password))

struct set_up_request {
    /// From the link that the orchestrator printed.
    std::string token;
    std::string name;
    std::string email;
    std::string password;
};
BOOST_DESCRIBE_STRUCT(set_up_request, (), (token, name, email, password))

struct login_request {
    std::string email;
    std::string password;
};
BOOST_DESCRIBE_STRUCT(login_request, (), (email, password))

struct update_profile_request {
    std::string name;
};
BOOST_DESCRIBE_STRUCT(update_profile_request, (), (name))

struct change_password_request {
    std::string current_password;
    std::string new_password;
};
BOOST_DESCRIBE_STRUCT(change_password_request, (), (current_password, new_password))

struct message_view {
    std::string message;
};
BOOST_DESCRIBE_STRUCT(message_view, (), (message))

} // namespace orch::api
