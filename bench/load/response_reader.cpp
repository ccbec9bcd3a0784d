#include "bench/load/response_reader.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <stdexcept>
#include <utility>

namespace orch::bench {

namespace {

std::size_t number_in(std::string_view text, int base) {
    std::size_t value = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value, base);
    if (fault != std::errc{} || end != text.data() + text.size()) {
        throw std::runtime_error("not a number in a response: " + std::string(text));
    }
    return value;
}

bool same_name(std::string_view left, std::string_view lower_case) {
    return std::equal(
        left.begin(), left.end(), lower_case.begin(), lower_case.end(),
        [](char a, char b) { return (a >= 'A' && a <= 'Z' ? static_cast<char>(a + 32) : a) == b; });
}

} // namespace

std::string_view header_value(std::string_view head, std::string_view name) {
    while (!head.empty()) {
        const auto line = head.substr(0, head.find("\r\n"));
        head.remove_prefix(std::min(head.size(), line.size() + 2));
        const auto colon = line.find(':');
        if (colon != std::string_view::npos && same_name(line.substr(0, colon), name)) {
            const auto value = line.substr(colon + 1);
            return value.substr(std::min(value.find_first_not_of(' '), value.size()));
        }
    }
    return {};
}

void response_reader::feed(std::string_view bytes) {
    while (!bytes.empty()) {
        switch (state_) {
        case state::head:
            if (take_until(bytes, "\r\n\r\n")) {
                read_head();
            }
            break;
        case state::chunk_size:
            if (take_until(bytes, "\r\n")) {
                read_chunk_size(std::exchange(line_, {}));
            }
            break;
        case state::chunk_end:
            if (take_until(bytes, "\r\n")) {
                line_.clear();
                state_ = state::chunk_size;
                if (last_chunk_) {
                    finish();
                }
            }
            break;
        case state::length_body:
        case state::chunk_body: read_body(bytes); break;
        }
    }
}

void response_reader::start_over() {
    state_ = state::head;
    line_.clear();
}

void response_reader::read_head() {
    const auto head = std::exchange(line_, {});
    if (!head.starts_with("HTTP/1.1 ") || head.size() < 12) {
        throw std::runtime_error("not an HTTP response: " + head.substr(0, 60));
    }
    if (same_name(header_value(head, "transfer-encoding"), "chunked")) {
        state_ = state::chunk_size;
        last_chunk_ = false;
    } else {
        const auto length = header_value(head, "content-length");
        const bool is_endless = length.empty() &&
                                header_value(head, "content-type").starts_with("text/event-stream");
        missing_ = is_endless ? SIZE_MAX : length.empty() ? 0 : number_in(length, 10);
        state_ = state::length_body;
    }
    handlers_.on_head(static_cast<int>(number_in(std::string_view(head).substr(9, 3), 10)), head);
    if (state_ == state::length_body && missing_ == 0) {
        finish();
    }
}

void response_reader::read_chunk_size(std::string_view line) {
    missing_ = number_in(line.substr(0, line.size() - 2), 16);
    last_chunk_ = missing_ == 0;
    state_ = last_chunk_ ? state::chunk_end : state::chunk_body;
}

void response_reader::read_body(std::string_view& bytes) {
    const auto piece = bytes.substr(0, missing_);
    bytes.remove_prefix(piece.size());
    missing_ -= piece.size();
    handlers_.on_body(piece);
    if (missing_ > 0) {
        return;
    }
    if (state_ == state::chunk_body) {
        state_ = state::chunk_end;
    } else {
        finish();
    }
}

bool response_reader::take_until(std::string_view& bytes, std::string_view end) {
    while (!bytes.empty()) {
        // The end may have begun in the piece before, so every line feed is looked at.
        const auto taken = std::min(bytes.find('\n'), bytes.size() - 1) + 1;
        line_.append(bytes.substr(0, taken));
        bytes.remove_prefix(taken);
        if (line_.ends_with(end)) {
            return true;
        }
    }
    return false;
}

void response_reader::finish() {
    state_ = state::head;
    handlers_.on_end();
}

} // namespace orch::bench
