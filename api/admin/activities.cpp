#include "api/admin/handlers.hpp"
#include "api/problem.hpp"
#include "api/project_views.hpp"
#include "api/query.hpp"

#include "storage/activity_store.hpp"

#include <charconv>

namespace orch::api {

namespace {

constexpr int page_max = 200;

/// `action_filter`, `limit` and `cursor` of the request.
result<storage::activity_filter> read_filter(const incoming& in) {
    storage::activity_filter filter;
    if (in.project != nullptr) {
        filter.project = in.project->id;
    }
    if (const auto action = in.request.query_value("action_filter"); action && !action->empty()) {
        filter.types.emplace_back(*action);
    }
    if (const auto limit = in.request.query_value("limit")) {
        const auto* end = limit->data() + limit->size();
        const auto parsed = std::from_chars(limit->data(), end, filter.limit);
        if (parsed.ec != std::errc{} || parsed.ptr != end || filter.limit < 1 ||
            filter.limit > page_max) {
            return error{errc::invalid_argument, "limit: a number from 1 to 200"};
        }
    }
    if (const auto cursor = in.request.query_value("cursor")) {
        filter.before = uuid::parse(*cursor);
        if (!filter.before) {
            return error{errc::invalid_argument, "cursor: the next_cursor of an earlier page"};
        }
    }
    return filter;
}

} // namespace

void list_activities(const context& context, const incoming_ptr& in) {
    const auto filter = read_filter(*in);
    if (!filter) {
        in->exchange->respond(problem(filter.error()));
        return;
    }
    using rows = std::vector<model::activity>;
    answer_from_database<rows>(
        context, in,
        [filter = *filter](pqxx::connection& connection) {
            return storage::list_activities(connection, filter);
        },
        [limit = static_cast<std::size_t>(filter->limit)](const rows& found) {
            activity_page_view page{views_of(found), std::nullopt};
            if (found.size() == limit) {
                page.next_cursor = found.back().id.to_string();
            }
            return json_response(to_json(page));
        });
}

} // namespace orch::api
