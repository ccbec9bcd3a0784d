#pragma once

#include "api/described_json.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

// Projects and teams as administrators see them.

namespace orch::api {

struct admin_project_view {
    std::string id;
    std::string name;
    std::string display_name;
    std::string description;
    bool auth_required = true;
    std::uint64_t member_count = 0;
    std::uint64_t server_count = 0;
    std::uint64_t api_key_count = 0;
    /// The first of them; absent when there is none.
    std::optional<std::string> owner_name;
    std::optional<std::string> owner_email;
    std::string created_at;
    std::string updated_at;
};
BOOST_DESCRIBE_STRUCT(admin_project_view, (),
                      (id, name, display_name, description, auth_required, member_count,
                       server_count, api_key_count, owner_name, owner_email, created_at,
                       updated_at))

struct admin_project_page_view {
    std::vector<admin_project_view> projects;
    std::uint64_t total = 0;
    std::uint64_t page = 1;
    std::uint64_t per_page = 50;
};
BOOST_DESCRIBE_STRUCT(admin_project_page_view, (), (projects, total, page, per_page))

struct admin_team_view {
    std::string id;
    std::string name;
    std::string slug;
    std::string description;
    std::uint64_t member_count = 0;
    /// Projects that people came to with it.
    std::uint64_t project_count = 0;
    std::optional<std::string> owner_name;
    std::optional<std::string> owner_email;
    std::string created_at;
    std::string updated_at;
};
BOOST_DESCRIBE_STRUCT(admin_team_view, (),
                      (id, name, slug, description, member_count, project_count, owner_name,
                       owner_email, created_at, updated_at))

struct admin_team_page_view {
    std::vector<admin_team_view> teams;
    std::uint64_t total = 0;
    std::uint64_t page = 1;
    std::uint64_t per_page = 50;
};
BOOST_DESCRIBE_STRUCT(admin_team_page_view, (), (teams, total, page, per_page))

} // namespace orch::api
