#pragma once

#include "actors/row_watcher.hpp"
#include "api/context.hpp"
#include "core/error.hpp"

#include <memory>
#include <optional>

namespace orch::api {

/// What a long answer needs to ask again, as long as it is under way, whether its client may still
/// have it. Used by one thread at a time.
class standing_right {
public:
    /// Takes the request out of `in`. `project` is nil where the permission is about none.
    standing_right(const context& context, incoming& in, permission wanted,
                   const project_id& project);

    [[nodiscard]] bool holds();

private:
    const context& context_;
    net::request request_;
    const principal who_;
    const permission wanted_;
    const project_id project_;
};

/// Who watches a log over a connection that stays open. Made on the connection's thread, used by
/// one tail.
class watch_visitor {
public:
    /// `slot` is held until the end.
    watch_visitor(standing_right right, const net::exchange_ptr& exchange,
                  std::shared_ptr<void> slot);
    /// Breaks the stream off unless it was dismissed: its client comes back then.
    ~watch_visitor();
    watch_visitor(watch_visitor&&) = default;

    [[nodiscard]] bool may_stay() { return right_.holds(); }
    [[nodiscard]] net::event_stream& stream() const noexcept { return *stream_; }
    void dismiss();

private:
    standing_right right_;
    std::shared_ptr<void> slot_;
    net::event_stream_ptr stream_;
    bool is_dismissed_ = false;
};

/// What all watchers of logs have in common.
template <class Row>
class log_watcher : public actors::row_watcher<Row> {
public:
    explicit log_watcher(watch_visitor who) : who_(std::move(who)) {}

    [[nodiscard]] net::frame greeting(const uuid& position) const final {
        return net::named_frame("ready", "{}", position.to_string());
    }
    [[nodiscard]] bool may_stay() final { return who_.may_stay(); }
    [[nodiscard]] net::event_stream& stream() const final { return who_.stream(); }
    void dismiss() final { who_.dismiss(); }

private:
    watch_visitor who_;
};

/// The last row that a watcher has: `Last-Event-ID`, which a browser that comes back sends by
/// itself (WHATWG HTML, 9.2), or the parameter `since`; nothing to begin with the next row.
[[nodiscard]] result<std::optional<uuid>> position_of(const net::request& request);

/// What is open to begin a watch: a slot, and where. Otherwise answers the request.
struct watch_place {
    std::shared_ptr<void> slot;
    std::optional<uuid> since;
};
[[nodiscard]] std::optional<watch_place> take_watch_place(const context& context,
                                                          const incoming& in);

} // namespace orch::api
