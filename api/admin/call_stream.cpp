#include "api/admin/handlers.hpp"
#include "api/call_query.hpp"
#include "api/call_views.hpp"
#include "api/described_json.hpp"
#include "api/log_watcher.hpp"

#include "actors/bridge/ask.hpp"
#include "storage/call_filter_match.hpp"

#include <utility>

// Recorded calls as they come.

namespace orch::api {

namespace {

using model::call_record;

class call_watcher final : public log_watcher<call_record> {
public:
    call_watcher(const context& context, principal reader, watch_visitor who,
                 storage::call_filter filter)
        : log_watcher(std::move(who)), context_(context), reader_(std::move(reader)),
          filter_(std::move(filter)) {}

    bool wants(const call_record& record) const override {
        return storage::passes(filter_, record);
    }
    storage::walk_step<call_record> rows_after(pqxx::connection& connection, const uuid& last,
                                               const storage::walk_limits& limits) const override {
        return storage::calls_after(connection, filter_, last, limits);
    }
    uuid newest_row(pqxx::connection& connection) const override {
        return storage::newest_call_id(connection);
    }
    bool sees_names() const override { return principal_names::are_told_to(reader_); }
    net::frame encode(const call_record& record) const override {
        const principal_names names(reader_, context_.runtime.registry.load());
        return net::named_frame("call", to_json(view_of(record, names)), record.id.to_string());
    }

private:
    const context& context_;
    const principal reader_;
    const storage::call_filter filter_;
};

} // namespace

void stream_calls(const context& context, const incoming_ptr& in) {
    const auto query = call_query_of(context, *in);
    if (!query) {
        return;
    }
    auto place = take_watch_place(context, *in);
    if (!place) {
        return;
    }
    watch_visitor who({context, *in, permission::read_log, query->filter.project}, in->exchange,
                      std::move(place->slot));
    actors::bridge::tell(
        context.runtime.call_tail,
        actors::watch_rows<call_record>{
            std::make_shared<call_watcher>(context, in->who, std::move(who), query->filter),
            place->since});
}

} // namespace orch::api
