#include "api/admin/handlers.hpp"
#include "api/query.hpp"
#include "api/storage_types.hpp"
#include "api/timestamps.hpp"
#include "storage/disk_usage.hpp"

namespace orch::api {

namespace {

storage_view view_of(const storage::disk_usage& used, const actors::runtime& runtime) {
    storage_view view{used.database_bytes, runtime.options.spool.bytes_max, {}};
    for (const auto& kind : used.kinds) {
        view.kinds.push_back(
            {kind.name, kind.retention_days, kind.bytes, kind.days, to_rfc3339(kind.oldest)});
    }
    // Calls on their way into the database.
    view.kinds.push_back({"spool", {}, runtime.spool_usage->bytes(), {}, {}});
    return view;
}

} // namespace

void show_storage(const context& context, const incoming_ptr& in) {
    answer_from_database<storage::disk_usage>(
        context, in, [](pqxx::connection& live) { return storage::measure_disk(live); },
        [&context](const storage::disk_usage& used) {
            return json_response(to_json(view_of(used, context.runtime)));
        });
}

} // namespace orch::api
