#pragma once

#include "api/described_json.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

// Bodies about the keys that encrypt secrets; never with a key or a secret.

namespace orch::api {

struct secrets_view {
    /// file or setting
    std::string source;
    /// The one that encrypts first; the others only open what is older.
    std::vector<std::string> key_ids;
    /// Values in the database by the id of the key that they are encrypted with.
    std::map<std::string, std::uint64_t> sealed_values;
};
BOOST_DESCRIBE_STRUCT(secrets_view, (), (source, key_ids, sealed_values))

} // namespace orch::api
