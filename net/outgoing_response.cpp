#include "net/outgoing_response.hpp"

#include "core/log.hpp"
#include "net/stream_socket.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace orch::net {
namespace {

void append_number(std::string& out, std::size_t value) {
    char digits[24];
    const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    out.append(digits, end);
}

void append_header(std::string& out, std::string_view name, std::string_view value) {
    static constexpr std::string_view breaks{"\r\n\0", 3};
    if (name.find_first_of(breaks) != name.npos || value.find_first_of(breaks) != value.npos) {
        log::error("net", "response header {} left out: it has a line break", name);
        return;
    }
    out.append(name).append(": ").append(value).append("\r\n");
}

bool may_have_body(int status) noexcept { return status >= 200 && status != 204 && status != 304; }

} // namespace

std::string_view reason_phrase(int status) noexcept {
    switch (status) {
    case 200: return "OK";
    case 201: return "Created";
    case 202: return "Accepted";
    case 204: return "No Content";
    case 301: return "Moved Permanently";
    case 302: return "Found";
    case 303: return "See Other";
    case 304: return "Not Modified";
    case 307: return "Temporary Redirect";
    case 308: return "Permanent Redirect";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 406: return "Not Acceptable";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 410: return "Gone";
    case 412: return "Precondition Failed";
    case 413: return "Content Too Large";
    case 415: return "Unsupported Media Type";
    case 417: return "Expectation Failed";
    case 421: return "Misdirected Request";
    case 422: return "Unprocessable Content";
    case 428: return "Precondition Required";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 501: return "Not Implemented";
    case 502: return "Bad Gateway";
    case 503: return "Service Unavailable";
    case 504: return "Gateway Timeout";
    default: return "Unknown";
    }
}

void append_headers(std::string& out, const header_list& headers) {
    for (const auto& [name, value] : headers) {
        append_header(out, name, value);
    }
}

void outgoing_response::load(response&& answer, framing how) {
    compose_head(answer, how);
    body_ = how.head_only || !may_have_body(answer.status) ? std::string{} : std::move(answer.body);
    status_ = answer.status;
    sent_ = 0;
}

void outgoing_response::compose_head(const response& answer, framing how) {
    head_.assign("HTTP/1.1 ");
    append_number(head_, static_cast<std::size_t>(answer.status));
    head_.append(" ").append(reason_phrase(answer.status)).append("\r\n");
    if (!answer.content_type.empty()) {
        append_header(head_, "Content-Type", answer.content_type);
    }
    if (may_have_body(answer.status)) {
        head_.append("Content-Length: ");
        append_number(head_, answer.body.size());
        head_.append("\r\n");
    }
    append_headers(head_, answer.headers);
    if (!how.keep_alive) {
        head_.append("Connection: close\r\n");
    } else if (how.http_1_0) {
        head_.append("Connection: keep-alive\r\n");
    }
    head_.append("\r\n");
}

outgoing_response::progress outgoing_response::send(int socket) {
    while (sent_ < bytes()) {
        std::array<iovec, 2> pieces{};
        std::size_t count = 0;
        if (sent_ < head_.size()) {
            pieces[count++] = {head_.data() + sent_, head_.size() - sent_};
        }
        const auto body_sent = sent_ - std::min(sent_, head_.size());
        if (body_sent < body_.size()) {
            pieces[count++] = {body_.data() + body_sent, body_.size() - body_sent};
        }
        const auto sent = send_some(socket, {pieces.data(), count});
        if (!sent) {
            return progress::broken;
        }
        if (*sent == 0) {
            return progress::blocked;
        }
        sent_ += *sent;
    }
    return progress::done;
}

void outgoing_response::release() { body_ = std::string{}; }

} // namespace orch::net
