#include "api/call_export.hpp"
#include "api/admin/handlers.hpp"
#include "api/call_query.hpp"
#include "api/fault_list.hpp"
#include "api/log_watcher.hpp"
#include "api/principal_names.hpp"
#include "api/problem.hpp"
#include "core/log.hpp"
#include "storage/database.hpp"

#include <fmt/format.h>

#include <optional>
#include <string>
#include <utility>

namespace orch::api {

namespace {

constexpr int page_rows = 100;

/// One export on its way: a page is read when the one before it is with the kernel, so that a slow
/// reader holds neither a connection of the database nor more than a page of memory. Kept alive by
/// the step under way; one step follows the other, so its members need no lock.
class call_export : public std::enable_shared_from_this<call_export> {
public:
    call_export(const context& context, incoming_ptr in, const storage::call_filter& filter,
                export_format format, std::shared_ptr<void> slot)
        : database_(*context.runtime.database), unit_(context.unit(in->request.unit)),
          in_(std::move(in)), right_(context, *in_, permission::read_log, filter.project),
          filter_(filter), format_(format), slot_(std::move(slot)) {
        filter_.limit = page_rows;
        // Every page is one behind a cursor, which counts nothing.
        filter_.before = uuid::floor(filter_.to);
    }

    void read_page() {
        auto page = std::make_shared<storage::call_page>();
        database_.submit(
            [self = shared_from_this(), page](pqxx::connection& live) {
                *page = storage::query_calls(live, self->filter_);
            },
            [self = shared_from_this(), page](const result<void>& done) {
                // Printed on this thread: a page of large bodies would hold up an I/O unit.
                auto text = done ? self->print(*page) : "";
                self->unit_.dispatch(
                    [self, done, text = std::move(text), next = page->next_cursor] {
                        self->on_page(done, text, next);
                    });
            });
    }

private:
    [[nodiscard]] std::string print(const storage::call_page& page) const {
        std::string text = stream_ ? "" : export_head(format_);
        const principal_names names(in_->who, in_->registry);
        for (const auto& record : page.records) {
            append_exported(text, format_, record, names);
        }
        return text;
    }

    void on_page(const result<void>& done, const std::string& text,
                 const std::optional<uuid>& next) {
        if (!done) {
            fail(done.error());
            return;
        }
        if (!stream_) {
            open();
        } else if (!right_.holds()) {
            stream_->break_off();
            return;
        }
        stream_->send(net::bytes_frame(text));
        if (!next) {
            stream_->finish();
            return;
        }
        filter_.before = next;
        stream_->on_drained([self = shared_from_this()] { self->read_page(); });
    }

    void open() {
        const auto name = fmt::format("attachment; filename=\"calls.{}\"", to_string(format_));
        stream_ = in_->exchange->open_download(content_type_of(format_),
                                               {{"Content-Disposition", name}});
    }

    void fail(const error& why) {
        if (stream_) {
            log::warning("api", "an export of calls broke off: {}", why.detail);
            stream_->break_off();
        } else {
            in_->exchange->respond(problem(why));
        }
    }

    storage::database& database_;
    actors::bridge::io_unit& unit_;
    incoming_ptr in_;
    standing_right right_;
    storage::call_filter filter_;
    const export_format format_;
    std::shared_ptr<void> slot_;
    net::event_stream_ptr stream_;
};

} // namespace

void export_calls(const context& context, const incoming_ptr& in) {
    const auto query = call_query_of(context, *in);
    if (!query) {
        return;
    }
    const auto format = parse_export_format(in->request.query_value("format").value_or("jsonl"));
    if (!format) {
        in->exchange->respond(problem(fault_in("format", "format: one of jsonl, csv")));
        return;
    }
    auto slot = context.exports->take(in->who.name);
    if (!slot) {
        in->exchange->respond(problem(429, "Too many exports at once: try again later."));
        return;
    }
    std::make_shared<call_export>(context, in, query->filter, *format, std::move(slot))
        ->read_page();
}

} // namespace orch::api
