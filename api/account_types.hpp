#pragma once

#include "api/described_json.hpp"

#include <cstdint>
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

/// What somebody without an account can do here.
struct entrance_view {
    /// Nobody has an account yet: the link that the orchestrator printed makes the first one.
    bool needs_setup = false;
    /// Whether people may make accounts by themselves.
    bool sign_up_open = false;
};
BOOST_DESCRIBE_STRUCT(entrance_view, (), (needs_setup, sign_up_open))

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

/// An account as administrators see it.
struct admin_account_view : account_view {
    /// Projects that it is a member of.
    std::uint64_t projects_count = 0;
    std::uint64_t teams_count = 0;
};
BOOST_DESCRIBE_STRUCT(admin_account_view, (account_view), (projects_count, teams_count))

struct account_page_view {
    std::vector<admin_account_view> users;
    std::uint64_t total = 0;
    std::uint64_t page = 1;
    std::uint64_t per_page = 50;
};
BOOST_DESCRIBE_STRUCT(account_page_view, (), (users, total, page, per_page))

struct create_user_request {
    std::string name;
    std::string email;
    std::string password;
    std::optional<bool> is_admin;
};
BOOST_DESCRIBE_STRUCT(create_user_request, (), (name, email, password, is_admin))

struct update_user_request {
    std::optional<std::string> name;
    std::optional<bool> is_admin;
    std::optional<bool> is_active;
};
BOOST_DESCRIBE_STRUCT(update_user_request, (), (name, is_admin, is_active))

struct set_password_request {
    std::string password;
};
BOOST_DESCRIBE_STRUCT(set_password_request, (), (password))

struct close_accounts_request {
    std::vector<std::string> user_ids;
};
BOOST_DESCRIBE_STRUCT(close_accounts_request, (), (user_ids))

struct kept_account_view {
    std::string user_id;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(kept_account_view, (), (user_id, reason))

struct closed_accounts_view {
    std::string message;
    /// Ids of the accounts.
    std::vector<std::string> successful_deletions;
    std::vector<kept_account_view> failed_deletions;
    std::uint64_t total_processed = 0;
};
BOOST_DESCRIBE_STRUCT(closed_accounts_view, (),
                      (message, successful_deletions, failed_deletions, total_processed))

struct statistics_view {
    std::uint64_t total_users = 0;
    std::uint64_t active_users = 0;
    std::uint64_t admin_users = 0;
    std::uint64_t total_teams = 0;
    std::uint64_t total_projects = 0;
    std::uint64_t total_servers = 0;
    std::uint64_t online_servers = 0;
    std::uint64_t total_api_keys = 0;
    /// Of clients that are connected now.
    std::uint64_t live_sessions = 0;
    /// Of the orchestrator itself, without the processes of servers.
    std::uint64_t memory_bytes = 0;
    std::uint64_t running_actors = 0;
    /// Requests of the API that wait for a connection to the database.
    std::uint64_t waiting_for_database = 0;
};
BOOST_DESCRIBE_STRUCT(statistics_view, (),
                      (total_users, active_users, admin_users, total_teams, total_projects,
                       total_servers, online_servers, total_api_keys, live_sessions, memory_bytes,
                       running_actors, waiting_for_database))

struct message_view {
    std::string message;
};
BOOST_DESCRIBE_STRUCT(message_view, (), (message))

} // namespace orch::api
