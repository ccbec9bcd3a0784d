#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace orch::net {

/// One block of an event stream.
struct sse_event {
    std::string type; ///< empty: "message"
    std::string data; ///< its lines, joined by line feeds
    /// Given with this event; an empty one is legal and forgets the earlier ones.
    std::optional<std::string> id;
    std::optional<std::chrono::milliseconds> retry;
    /// Size of an event that was thrown away since it was over the limit; 0 when it was not.
    std::size_t discarded_bytes = 0;
};

/// Cuts a byte stream into events (HTML Living Standard §9.2) without holding more than the limit
/// of any of them. Lines end with CRLF, LF or CR; comments and unknown fields are skipped. What the
/// end of the stream cuts off is no event. Blocks without any known field give none.
class sse_parser {
public:
    /// `event_bytes_max` bounds a line as well as the data of one event.
    explicit sse_parser(std::size_t event_bytes_max) : event_bytes_max_(event_bytes_max) {}

    /// Consumes `rest` up to the end of the next event. Nothing: `rest` was consumed whole and the
    /// event goes on in the next piece of the stream.
    [[nodiscard]] std::optional<sse_event> take(std::string_view& rest);

private:
    void keep(std::string_view bytes);
    /// The event that the line just read ends.
    [[nodiscard]] std::optional<sse_event> finish_line();
    void take_field(std::string_view line);
    void take_value(std::string_view name, std::string_view value);
    [[nodiscard]] sse_event complete();

    std::size_t event_bytes_max_;
    std::string line_;
    /// Bytes of the present line so far, kept or not.
    std::size_t line_seen_ = 0;
    sse_event event_;
    bool has_field_ = false;
    bool has_data_ = false;
    bool after_return_ = false;
    bool at_start_ = true;
};

} // namespace orch::net
