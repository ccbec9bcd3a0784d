#include "bench/load/event_reader.hpp"

#include <algorithm>

namespace orch::bench {

namespace {

/// The value when the line is of this field; one blank before it does not count.
bool take_field(std::string_view line, std::string_view name, std::string_view& value) {
    if (!line.starts_with(name) || line.substr(name.size(), 1) != ":") {
        return false;
    }
    value = line.substr(name.size() + 1);
    if (value.starts_with(' ')) {
        value.remove_prefix(1);
    }
    return true;
}

} // namespace

void event_reader::feed(std::string_view bytes) {
    std::size_t begin = 0;
    for (auto end = bytes.find('\n'); end != std::string_view::npos;
         end = bytes.find('\n', end + 1)) {
        if (!is_empty_line(bytes.substr(begin), end - begin)) {
            continue;
        }
        const auto event = bytes.substr(begin, end + 1 - begin);
        begin = end + 1;
        if (unfinished_.empty()) {
            take(event);
        } else {
            unfinished_.append(event);
            take(unfinished_);
            unfinished_.clear();
        }
    }
    unfinished_.append(bytes.substr(begin));
}

bool event_reader::is_empty_line(std::string_view bytes, std::size_t end) const {
    const auto before = [&](std::size_t distance) {
        if (distance <= end) {
            return bytes[end - distance];
        }
        const auto back = distance - end;
        return back <= unfinished_.size() ? unfinished_[unfinished_.size() - back] : '\n';
    };
    return before(1) == '\n' || (before(1) == '\r' && before(2) == '\n');
}

void event_reader::take(std::string_view event) {
    std::string_view type;
    std::string_view data;
    bool is_joined = false;
    while (!event.empty()) {
        auto line = event.substr(0, event.find('\n'));
        event.remove_prefix(std::min(event.size(), line.size() + 1));
        if (line.ends_with('\r')) {
            line.remove_suffix(1);
        }
        std::string_view value;
        if (take_field(line, "event", value)) {
            type = value;
        } else if (take_field(line, "data", value)) {
            if (data.empty()) {
                data = value;
                continue;
            }
            if (!is_joined) {
                joined_ = data;
                is_joined = true;
            }
            joined_.append("\n").append(value);
            data = joined_;
        }
    }
    if (!data.empty()) {
        on_event_(type, data);
    }
}

} // namespace orch::bench
