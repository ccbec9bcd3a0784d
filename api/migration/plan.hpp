#pragma once

#include "core/model/registry.hpp"
#include "crypto/fernet.hpp"
#include "storage/favourite_store.hpp"
#include "storage/original_reader.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace orch::api::migration {

/// What becomes of the objects of one kind; the last three add up to the first.
struct object_count {
    std::uint64_t found = 0;
    std::uint64_t added = 0;
    /// From an earlier run, or the same person by the e-mail address.
    std::uint64_t already_here = 0;
    /// Each has a note that says why.
    std::uint64_t left_out = 0;
};

/// Something that people should know of one object: why it was left out, or what was changed.
struct migration_note {
    /// users, teams, team_members, projects, …
    std::string object;
    /// In the source.
    std::string id;
    std::string detail;
};

struct new_user {
    model::user user;
    /// bcrypt; empty for an account that cannot sign in.
    std::string password_hash;
};

/// What is stored, and what is told. Ids are those of the source, so that URLs go on working.
struct migration_plan {
    std::vector<new_user> users;
    std::vector<model::team> teams;
    std::vector<model::team_member> team_members;
    std::vector<model::project> projects;
    std::vector<model::project_member> project_members;
    /// With their switches, which are stored apart.
    std::vector<model::server_entry> servers;
    std::vector<model::api_key> keys;
    std::vector<storage::favourite> favourites;

    std::map<std::string, object_count> counts;
    std::vector<migration_note> notes;
    /// Notes beyond `notes_max`.
    std::uint64_t notes_left_out = 0;

    static constexpr std::size_t notes_max = 1'000;
};

/// What moves from `source` to where `present` is already, at `now`. Servers whose secrets `key`
/// does not open come without them and switched off. Pure.
[[nodiscard]] migration_plan plan_migration(const storage::original_rows& source,
                                            const model::registry& present,
                                            const std::optional<crypto::fernet_key>& key,
                                            std::chrono::system_clock::time_point now);

} // namespace orch::api::migration
