#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace orch::bench {

/// Cuts the bytes of one connection into HTTP/1.1 responses, with a length or chunked; an event
/// stream with neither lasts as long as the connection. It is strict and throws
/// `std::runtime_error` on anything else, which ends the run.
class response_reader {
public:
    struct handlers {
        /// Status line and headers as they came, with their last line break.
        std::function<void(int status, std::string_view head)> on_head;
        std::function<void(std::string_view piece)> on_body;
        std::function<void()> on_end;
    };

    explicit response_reader(handlers receivers) : handlers_(std::move(receivers)) {}

    void feed(std::string_view bytes);
    /// For a new connection.
    void start_over();

private:
    enum class state { head, length_body, chunk_size, chunk_body, chunk_end };

    void read_head();
    void read_chunk_size(std::string_view line);
    void read_body(std::string_view& bytes);
    /// Adds to `line_` up to and with `end`; true when it is there.
    bool take_until(std::string_view& bytes, std::string_view end);
    void finish();

    handlers handlers_;
    state state_ = state::head;
    std::string line_;
    std::size_t missing_ = 0;
    bool last_chunk_ = false;
};

/// The value of a header in `head`, by its exact name in lower case; empty when absent.
[[nodiscard]] std::string_view header_value(std::string_view head, std::string_view name);

} // namespace orch::bench
