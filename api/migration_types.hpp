#pragma once

#include "api/described_json.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

// Bodies about the migration from the Python system.

namespace orch::api {

struct migration_request {
    /// URL of its PostgreSQL.
    std::string source;
    /// MCP_ENCRYPTION_KEY of that system.
    std::optional<std::string> fernet_key;
    /// Only say what would happen.
    std::optional<bool> dry_run;
};
BOOST_DESCRIBE_STRUCT(migration_request, (), (source, fernet_key, dry_run))

/// Objects of one kind; the last three add up to the first.
struct migrated_objects_view {
    std::string object;
    std::uint64_t found = 0;
    std::uint64_t added = 0;
    std::uint64_t already_here = 0;
    std::uint64_t left_out = 0;
};
BOOST_DESCRIBE_STRUCT(migrated_objects_view, (), (object, found, added, already_here, left_out))

struct migration_note_view {
    std::string object;
    std::string id;
    std::string detail;
};
BOOST_DESCRIBE_STRUCT(migration_note_view, (), (object, id, detail))

struct migration_view {
    bool dry_run = false;
    std::vector<migrated_objects_view> objects;
    std::vector<migration_note_view> notes;
    /// Notes that found no room.
    std::uint64_t notes_left_out = 0;
};
BOOST_DESCRIBE_STRUCT(migration_view, (), (dry_run, objects, notes, notes_left_out))

} // namespace orch::api
