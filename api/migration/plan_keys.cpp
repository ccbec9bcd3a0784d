#include "api/migration/planner.hpp"
#include "crypto/digest.hpp"
#include "crypto/encoding.hpp"

#include <algorithm>

// Keys, found by the same SHA-256 as there.

namespace orch::api::migration {

namespace {

constexpr auto keys = "api_keys";
/// Nobody chose these, and that system kept to no limit: as limits they would stop clients.
constexpr std::int64_t per_minute_default = 60;
constexpr std::int64_t per_day_default = 10'000;
constexpr std::int64_t limit_max = 1'000'000'000;
constexpr std::size_t digest_bytes = 32;

int chosen(std::int64_t limit, std::int64_t otherwise) {
    return limit == otherwise ? 0 : static_cast<int>(std::clamp<std::int64_t>(limit, 0, limit_max));
}

} // namespace

void planner::take_keys() {
    for (const auto& key : present_.keys()) {
        key_hashes_.insert(key.sha256);
    }
    each(keys, [this](const original_row& row) { return take_key(row); });
}

planner::fate planner::take_key(const original_row& row) {
    const auto project = project_of(row);
    const auto stored = row.text("key_hash");
    if (row.id().is_nil() || project.is_nil() || stored.empty()) {
        return leave_out(keys, row, "its project does not come, or it has no hash");
    }
    auto digest = crypto::from_hex(stored);
    if (!digest || digest->size() != digest_bytes) {
        digest = crypto::sha256(stored);
        note(keys, row, "it lay in the source in clear text: rotate it");
    }
    const auto& here = present_.keys();
    if (std::any_of(here.begin(), here.end(),
                    [&](const auto& key) { return key.id.value == row.id(); })) {
        return fate::already_here;
    }
    if (!key_hashes_.insert(*digest).second) {
        return leave_out(keys, row, "the same key is here already");
    }
    model::api_key made;
    made.id = key_id{row.id()};
    made.project = project;
    made.name = row.text("name");
    made.description = row.text("description");
    made.sha256 = *digest;
    made.prefix = row.text("key_prefix");
    made.suffix = row.text("key_suffix");
    made.active = row.flag("is_active", true);
    made.expires_at = row.time("expires_at");
    made.created_at = when(row, "created_at");
    made.limits.calls_per_minute = chosen(row.number("rate_limit_per_minute", per_minute_default),
                                          per_minute_default);
    made.limits.calls_per_day = chosen(row.number("rate_limit_per_day", per_day_default),
                                       per_day_default);
    made.created_by = user_of(row, "created_by_id");
    made.last_used_at = row.time("last_used_at");
    made.last_used_ip = row.text("last_used_ip");
    plan_.keys.push_back(std::move(made));
    return fate::added;
}

} // namespace orch::api::migration
