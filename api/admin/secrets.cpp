#include "api/admin/handlers.hpp"
#include "api/change.hpp"
#include "api/query.hpp"
#include "api/secret_types.hpp"

#include "storage/server_store.hpp"

// The keys that encrypt variables and headers, and their rotation: a fresh key is added, all values
// are encrypted with it, and only then are the older keys forgotten. Wherever this breaks off, the
// keys that are needed are there.

namespace orch::api {

namespace {

using sealed_counts = std::map<std::string, std::uint64_t>;

void answer_with_state(const context& context, const incoming_ptr& in) {
    answer_from_database<sealed_counts>(
        context, in,
        [](pqxx::connection& connection) { return storage::count_sealed_by_key(connection); },
        [&context](const sealed_counts& counts) {
            const auto& box = context.runtime.box;
            return json_response(
                to_json(secrets_view{box.is_given() ? "setting" : "file", box.key_ids(), counts}));
        });
}

result<void> seal_anew(const context& context, const incoming& in,
                       const actors::registry_change& change) {
    auto& box = context.runtime.box;
    const auto before = box.key_ids().front();
    // A rotation that broke off has made its key already.
    if (!box.is_given() && box.key_ids().size() == 1) {
        if (auto added = box.add_key(); !added) {
            return added;
        }
    }
    change.save_servers(change.registry.servers());
    const auto after = box.key_ids().front();
    record_activity(context, in, change, {}, model::activity_type::secrets_rotated,
                    {"secrets", after, "master key"}, change_list{}.text("key_id", before, after));
    return {};
}

} // namespace

void show_secrets(const context& context, const incoming_ptr& in) {
    answer_with_state(context, in);
}

void rotate_secrets(const context& context, const incoming_ptr& in) {
    change_then(
        context, in,
        [&context, in](const actors::registry_change& change) {
            return seal_anew(context, *in, change);
        },
        [&context, in](const model::registry& /*registry*/) {
            // All values are committed under the new key by now.
            change_then(
                context, in,
                [&context](const actors::registry_change& /*change*/) {
                    return context.runtime.box.drop_old_keys();
                },
                [&context, in](const model::registry& /*registry*/) {
                    answer_with_state(context, in);
                });
        });
}

} // namespace orch::api
