#include "net/request_reader.hpp"

#include "core/ascii.hpp"
#include "core/byte_sizes.hpp"
#include "net/request_target.hpp"

#include <boost/algorithm/string/predicate.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/field.hpp>

#include <algorithm>
#include <charconv>
#include <optional>

namespace orch::net {
namespace {

namespace http = boost::beast::http;
using boost::beast::error_code;
using text = boost::beast::string_view;

/// What is set aside for a body on the word of its Content-Length alone.
constexpr std::size_t body_reserve_max = 256 * kib;
constexpr std::size_t header_count_typical = 16;

std::string_view view(text piece) noexcept { return {piece.data(), piece.size()}; }

} // namespace

/// Fills a `request` while Beast finds the borders of lines, fields and chunks.
class request_reader::parser final : public http::basic_parser<true> {
public:
    explicit parser(const limits& bounds) {
        header_limit(static_cast<std::uint32_t>(bounds.header_bytes_max));
        body_limit(bounds.body_bytes_max);
        eager(true);
    }

    request message;
    refusal found_fault{};
    /// Only for the size of buffers; what ends the body is Beast's own reading of the header.
    std::size_t body_announced = 0;
    bool http_1_0 = false;
    bool expects_continue = false;

private:
    void refuse(error_code& ec, int status, std::string_view reason) {
        found_fault = {status, reason};
        ec = http::error::bad_value;
    }

    void on_request_impl(http::verb, text method, text target, int version,
                         error_code& ec) override {
        http_1_0 = version == 10;
        auto parsed = parse_request_target(view(target));
        if (!parsed) {
            refuse(ec, 400, "the request target is not valid");
            return;
        }
        message.method = view(method);
        message.path = std::move(parsed->path);
        message.query = std::move(parsed->query);
        authority_ = std::move(parsed->authority);
        message.headers.reserve(header_count_typical);
    }

    void on_field_impl(http::field name, text spelled, text value, error_code& ec) override {
        if (header_done_) {
            return; // A trailer must not pass for a header that was checked.
        }
        switch (name) {
        case http::field::host: take_host(view(value), ec); break;
        case http::field::content_length:
            std::from_chars(value.data(), value.data() + value.size(), body_announced);
            break;
        case http::field::transfer_encoding:
            if (!boost::algorithm::iequals(value, "chunked")) {
                refuse(ec, 501, "only the transfer encoding 'chunked' is understood");
            }
            break;
        case http::field::expect:
            expects_continue = boost::algorithm::iequals(value, "100-continue");
            if (!expects_continue) {
                refuse(ec, 417, "only the expectation '100-continue' is understood");
            }
            break;
        default: break;
        }
        message.headers.emplace_back(ascii_lowered(view(spelled)), std::string{view(value)});
    }

    void take_host(std::string_view value, error_code& ec) {
        if (host_seen_) {
            refuse(ec, 400, "more than one Host header");
        } else if (!is_valid_host(value)) {
            refuse(ec, 400, "the Host header is not valid");
        } else if (!authority_.empty() && !boost::algorithm::iequals(authority_, value)) {
            refuse(ec, 400, "the Host header differs from the request target");
        }
        host_seen_ = true;
    }

    void on_header_impl(error_code& ec) override {
        header_done_ = true;
        if (!host_seen_ && !http_1_0) {
            refuse(ec, 400, "the Host header is missing");
        }
    }

    void on_body_init_impl(const boost::optional<std::uint64_t>& length, error_code&) override {
        message.body.reserve(std::min<std::size_t>(length.value_or(0), body_reserve_max));
    }

    std::size_t on_body_impl(text piece, error_code&) override {
        message.body.append(piece.data(), piece.size());
        return piece.size();
    }

    void on_chunk_header_impl(std::uint64_t, text, error_code&) override {}

    std::size_t on_chunk_body_impl(std::uint64_t, text piece, error_code&) override {
        message.body.append(piece.data(), piece.size());
        return piece.size();
    }

    void on_finish_impl(error_code&) override {}
    void on_response_impl(int, text, int, error_code&) override {}

    std::string authority_;
    bool host_seen_ = false;
    bool header_done_ = false;
};

struct request_reader::slot {
    std::optional<parser> current;
};

request_reader::request_reader(limits bounds) : bounds_(bounds), slot_(std::make_unique<slot>()) {
    slot_->current.emplace(bounds_);
}

request_reader::~request_reader() = default;

std::size_t request_reader::feed(std::string_view data) {
    auto& current = *slot_->current;
    std::size_t skipped = 0;
    if (!current.got_some()) {
        // Old clients end a body with a line break that belongs to nothing (RFC 9112, 2.2).
        skipped = std::min(data.find_first_not_of("\r\n"), data.size());
        data.remove_prefix(skipped);
        if (data.empty()) {
            return skipped;
        }
        // Whatever does not even start like a method (TLS, binary) need not wait for a time-out.
        if (data[0] < 'A' || data[0] > 'z') {
            state_ = progress::refused;
            refusal_ = {400, "this is not HTTP"};
            return skipped;
        }
    }
    error_code ec;
    const auto eaten = current.put(boost::asio::const_buffer{data.data(), data.size()}, ec);
    if (ec && ec != http::error::need_more) {
        state_ = progress::refused;
        if (current.found_fault.status != 0) {
            refusal_ = current.found_fault;
        } else if (ec == http::error::header_limit) {
            refusal_ = {431, "the request header is too large"};
        } else if (ec == http::error::body_limit) {
            refusal_ = {413, "the request body is too large"};
        } else {
            refusal_ = {400, "the request is malformed"};
        }
    } else if (current.is_done()) {
        state_ = progress::complete;
    } else if (current.is_header_done()) {
        state_ = progress::body_wanted;
    }
    return skipped + eaten;
}

void request_reader::reset() {
    slot_->current.emplace(bounds_);
    state_ = progress::header_wanted;
}

request& request_reader::message() noexcept { return slot_->current->message; }

request_reader::refusal request_reader::why_refused() const noexcept { return refusal_; }

bool request_reader::keep_alive() const {
    return slot_->current->is_header_done() && slot_->current->keep_alive();
}

bool request_reader::is_http_1_0() const noexcept { return slot_->current->http_1_0; }

bool request_reader::expects_continue() const noexcept { return slot_->current->expects_continue; }

std::size_t request_reader::body_bytes_left() const {
    const auto& current = *slot_->current;
    return current.body_announced - std::min(current.body_announced, current.message.body.size());
}

} // namespace orch::net
