#include "net/sse_parser.hpp"

#include <charconv>
#include <cstdint>
#include <utility>

namespace orch::net {

namespace {

std::size_t end_of_line(std::string_view text) {
    const auto feed = text.find('\n');
    const auto back = text.substr(0, feed).find('\r');
    return back != std::string_view::npos ? back : feed;
}

} // namespace

std::optional<sse_event> sse_parser::take(std::string_view& rest) {
    while (!rest.empty()) {
        if (std::exchange(after_return_, false) && rest.front() == '\n') {
            rest.remove_prefix(1);
            continue;
        }
        const auto end = end_of_line(rest);
        keep(rest.substr(0, end));
        if (end == std::string_view::npos) {
            rest = {};
            break;
        }
        after_return_ = rest[end] == '\r';
        rest.remove_prefix(end + 1);
        if (auto event = finish_line()) {
            return event;
        }
    }
    return std::nullopt;
}

void sse_parser::keep(std::string_view bytes) {
    line_seen_ += bytes.size();
    auto& discarded = event_.discarded_bytes;
    if (discarded == 0 && event_.data.size() + line_.size() + bytes.size() <= event_bytes_max_) {
        line_.append(bytes);
        return;
    }
    discarded += std::exchange(event_.data, {}).size() + std::exchange(line_, {}).size();
    discarded += bytes.size();
}

std::optional<sse_event> sse_parser::finish_line() {
    constexpr std::string_view mark = "\xEF\xBB\xBF";
    if (std::exchange(line_seen_, 0) == 0) {
        const bool worth_telling = has_field_ || event_.discarded_bytes > 0;
        return worth_telling ? std::optional(complete()) : std::nullopt;
    }
    const std::string line = std::exchange(line_, {});
    std::string_view text = line;
    if (std::exchange(at_start_, false) && text.starts_with(mark)) {
        text.remove_prefix(mark.size());
    }
    if (event_.discarded_bytes == 0) {
        take_field(text);
    }
    return std::nullopt;
}

void sse_parser::take_field(std::string_view line) {
    const auto colon = line.find(':');
    auto value = colon == std::string_view::npos ? std::string_view{} : line.substr(colon + 1);
    if (value.starts_with(' ')) {
        value.remove_prefix(1);
    }
    take_value(line.substr(0, colon), value);
}

void sse_parser::take_value(std::string_view name, std::string_view value) {
    if (name == "data") {
        if (std::exchange(has_data_, true)) {
            event_.data.push_back('\n');
        }
        event_.data.append(value);
    } else if (name == "event") {
        event_.type = value;
    } else if (name == "id" && value.find('\0') == std::string_view::npos) {
        event_.id = std::string(value);
    } else if (name == "retry") {
        std::uint32_t milliseconds = 0;
        const auto* const end = value.data() + value.size();
        const auto [stop, failure] = std::from_chars(value.data(), end, milliseconds);
        if (failure != std::errc{} || stop != end) {
            return;
        }
        event_.retry = std::chrono::milliseconds(milliseconds);
    } else {
        return;
    }
    has_field_ = true;
}

sse_event sse_parser::complete() {
    has_field_ = false;
    has_data_ = false;
    return std::exchange(event_, {});
}

} // namespace orch::net
