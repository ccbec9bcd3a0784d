#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace orch::bench {

/// Cuts a body of type text/event-stream into events. Lines end with LF or CRLF; comments, ids and
/// retry times are passed over, and so are events without data. Looks at each byte once, and copies
/// only what came in pieces.
class event_reader {
public:
    /// Both live until the function returns; `type` is empty when the event names none.
    using receiver = std::function<void(std::string_view type, std::string_view data)>;

    explicit event_reader(receiver on_event) : on_event_(std::move(on_event)) {}

    void feed(std::string_view bytes);
    /// For a new stream.
    void start_over() { unfinished_.clear(); }

private:
    /// Whether the line that ends at `end` is empty.
    [[nodiscard]] bool is_empty_line(std::string_view bytes, std::size_t end) const;
    void take(std::string_view event);

    receiver on_event_;
    /// The begin of an event whose end is not there yet.
    std::string unfinished_;
    std::string joined_;
};

} // namespace orch::bench
