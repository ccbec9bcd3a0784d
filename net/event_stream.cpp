#include "net/event_stream.hpp"

#include "core/json_writer.hpp"

#include <cassert>
#include <charconv>
#include <initializer_list>
#include <string>

namespace orch::net {
namespace {

/// The pieces as one HTTP chunk (RFC 9112, 7.1), in a buffer of exactly the right size.
frame chunk(std::initializer_list<std::string_view> pieces) {
    std::size_t bytes = 0;
    for (const auto piece : pieces) {
        bytes += piece.size();
    }
    char size[16];
    const auto size_end = std::to_chars(size, size + sizeof size, bytes, 16).ptr;
    auto text = std::make_shared<std::string>();
    text->reserve(static_cast<std::size_t>(size_end - size) + bytes + 4);
    text->append(size, size_end).append("\r\n");
    for (const auto piece : pieces) {
        text->append(piece);
    }
    text->append("\r\n");
    return text;
}

bool is_one_line(std::string_view text) noexcept {
    return text.find('\n') == text.npos && text.find('\r') == text.npos;
}

/// JSON as it may stand in an event: a line break between its tokens, which would end the event, is
/// a blank. Whoever made it may be a stranger, so this is no matter for an assertion.
class one_line {
public:
    explicit one_line(std::string_view json) : json_(json) {
        if (!is_one_line(json)) {
            blanked_ = json;
            blank_line_breaks(blanked_);
            json_ = blanked_;
        }
    }
    one_line(const one_line&) = delete;
    one_line& operator=(const one_line&) = delete;
    operator std::string_view() const noexcept { return json_; }

private:
    std::string blanked_;
    std::string_view json_;
};

/// `data:` lines; a line break in `data` starts a new one, so it cannot end the event early.
std::string data_lines(std::string_view data) {
    std::string lines;
    while (true) {
        const auto end = data.find_first_of("\r\n");
        lines.append("data: ").append(data.substr(0, end)).append("\n");
        if (end == data.npos) {
            return lines;
        }
        data.remove_prefix(data.substr(end).starts_with("\r\n") ? end + 2 : end + 1);
    }
}

} // namespace

std::string_view to_string(stream_end reason) noexcept {
    switch (reason) {
    case stream_end::peer_closed: return "peer_closed";
    case stream_end::slow_reader: return "slow_reader";
    case stream_end::finished: return "finished";
    case stream_end::broken_off: return "broken_off";
    case stream_end::server_stopping: return "server_stopping";
    }
    return "unknown";
}

frame message_frame(std::string_view json, std::string_view middle, std::string_view tail) {
    return chunk(
        {"event: message\ndata: ", one_line(json), one_line(middle), one_line(tail), "\n\n"});
}

frame named_frame(std::string_view event, std::string_view data, std::string_view id) {
    assert(is_one_line(event) && is_one_line(id));
    const auto lines = data_lines(data);
    return id.empty() ? chunk({"event: ", event, "\n", lines, "\n"})
                      : chunk({"event: ", event, "\nid: ", id, "\n", lines, "\n"});
}

frame resumable_frame(std::string_view id, std::string_view json) {
    assert(is_one_line(id));
    return chunk({"event: message\nid: ", id, "\ndata: ", one_line(json), "\n\n"});
}

bool carries(std::string_view event, std::string_view json) noexcept {
    constexpr std::string_view before = "\ndata: ";
    constexpr std::string_view behind = "\n\n\r\n";
    if (event.size() < before.size() + json.size() + behind.size() || !event.ends_with(behind)) {
        return false;
    }
    event.remove_suffix(behind.size());
    const auto at = event.size() - json.size();
    return event.substr(at) == json && event.substr(0, at).ends_with(before);
}

frame priming_frame(std::string_view id, std::chrono::milliseconds retry) {
    assert(is_one_line(id));
    const auto wait = std::to_string(retry.count());
    return chunk({"id: ", id, "\nretry: ", wait, "\ndata: \n\n"});
}

frame bytes_frame(std::string_view bytes) { return bytes.empty() ? nullptr : chunk({bytes}); }

} // namespace orch::net
