#pragma once

#include "api/context.hpp"

// Accounts and signing in. Nothing here tells whether an e-mail address has an account.

namespace orch::api {

// sign_up.cpp
void show_entrance(const context& context, const incoming_ptr& in);
void set_up(const context& context, const incoming_ptr& in);
void sign_up(const context& context, const incoming_ptr& in);

// login.cpp
void log_in(const context& context, const incoming_ptr& in);
void log_out(const context& context, const incoming_ptr& in);

// profile.cpp
void show_profile(const context& context, const incoming_ptr& in);
void update_profile(const context& context, const incoming_ptr& in);
void change_password(const context& context, const incoming_ptr& in);

// account_closing.cpp
void close_profile(const context& context, const incoming_ptr& in);
void deactivate_users(const context& context, const incoming_ptr& in);

// users.cpp
void list_users(const context& context, const incoming_ptr& in);
void show_user(const context& context, const incoming_ptr& in);
void create_user(const context& context, const incoming_ptr& in);
void update_user(const context& context, const incoming_ptr& in);
void deactivate_user(const context& context, const incoming_ptr& in);
void reset_password(const context& context, const incoming_ptr& in);

} // namespace orch::api
