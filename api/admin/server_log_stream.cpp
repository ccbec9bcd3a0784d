#include "api/admin/handlers.hpp"
#include "api/described_json.hpp"
#include "api/log_watcher.hpp"
#include "api/observation_views.hpp"
#include "api/server_log_query.hpp"

#include "actors/bridge/ask.hpp"
#include "storage/server_log_store.hpp"

#include <utility>

// What servers and their processes say, as it comes.

namespace orch::api {

namespace {

using line = model::server_log_entry;

class line_watcher final : public log_watcher<line> {
public:
    line_watcher(watch_visitor who, const actors::registry_source& registry,
                 storage::server_log_filter filter)
        : log_watcher(std::move(who)), registry_(registry), filter_(std::move(filter)) {}

    bool wants(const line& entry) const override { return storage::passes(filter_, entry); }
    storage::walk_step<line> rows_after(pqxx::connection& connection, const uuid& last,
                                        const storage::walk_limits& limits) const override {
        return storage::lines_after(connection, filter_, last, limits);
    }
    uuid newest_row(pqxx::connection& connection) const override {
        return storage::newest_line(connection);
    }
    bool sees_names() const override { return false; }
    net::frame encode(const line& entry) const override {
        return net::named_frame("log", to_json(view_of(entry, *registry_.load())),
                                entry.id.to_string());
    }

private:
    const actors::registry_source& registry_;
    const storage::server_log_filter filter_;
};

void watch(const context& context, const incoming_ptr& in, permission wanted) {
    const auto query = server_log_query_of(context, *in);
    if (!query) {
        return;
    }
    auto place = take_watch_place(context, *in);
    if (!place) {
        return;
    }
    const auto project = in->project != nullptr ? in->project->id : project_id{};
    watch_visitor who({context, *in, wanted, project}, in->exchange, std::move(place->slot));
    actors::bridge::tell(
        context.runtime.server_log_tail,
        actors::watch_rows<line>{
            std::make_shared<line_watcher>(std::move(who), context.runtime.registry, query->filter),
            place->since});
}

} // namespace

void stream_server_log(const context& context, const incoming_ptr& in) {
    watch(context, in, permission::read_log);
}

void stream_server_logs(const context& context, const incoming_ptr& in) {
    watch(context, in, permission::read_log);
}

void stream_all_server_logs(const context& context, const incoming_ptr& in) {
    watch(context, in, permission::administer);
}

} // namespace orch::api
