#include "app/cli/admin_client.hpp"

#include "app/cli/unknown_name.hpp"

#include <boost/json/stream_parser.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace orch::app::cli {

namespace json = boost::json;

namespace {

// Deeper than any message that is let through to a tool, with the envelope around it.
constexpr std::size_t depth_max = 128;

errc code_of(int status) {
    switch (status) {
    case 400:
    case 422: return errc::invalid_argument;
    case 401: return errc::unauthenticated;
    case 403: return errc::forbidden;
    case 404: return errc::not_found;
    case 409: return errc::conflict;
    case 413: return errc::too_large;
    default: return errc::internal;
    }
}

std::string position_in(std::string_view text, std::size_t offset) {
    const auto before = text.substr(0, offset);
    const auto line = std::count(before.begin(), before.end(), '\n') + 1;
    const auto begin = before.rfind('\n') + 1; // npos wraps to the first byte
    return fmt::format("line {}, column {}", line, offset - begin + 1);
}

} // namespace

result<json::value> parse_json(std::string_view text) {
    json::parse_options options;
    options.max_depth = depth_max;
    json::stream_parser parser({}, options);
    boost::system::error_code failed;
    const auto consumed = parser.write_some(text.data(), text.size(), failed);
    if (!failed) {
        parser.finish(failed);
    }
    const auto rest = text.substr(consumed).find_first_not_of(" \t\r\n");
    if (!failed && rest == text.npos) {
        return parser.release();
    }
    const auto reason = failed ? failed.message() : "text after the end";
    return error{errc::invalid_argument,
                 fmt::format("not JSON at {}: {}", position_in(text, consumed), reason)};
}

error refusal_of(const net::response& got) {
    if (const auto problem = parse_json(got.body)) {
        for (const auto* member : {"detail", "title"}) {
            if (auto text = text_of(*problem, member); !text.empty()) {
                return {code_of(got.status), std::move(text)};
            }
        }
    }
    return {code_of(got.status), fmt::format("the orchestrator answered {}", got.status)};
}

result<answer> admin_client::send(const admin_request& wanted) const {
    auto got = send_(wanted);
    if (!got) {
        return got.error();
    }
    if (got->status >= 400) {
        auto why = refusal_of(*got);
        // An unknown name in the address is not repeated in the answer, but the user typed it.
        if (why.code == errc::not_found) {
            const auto known = unknown_name(send_, wanted.target);
            why.detail = known.empty() ? fmt::format("{}: {}", wanted.target, why.detail) : known;
        }
        return why;
    }
    auto parsed = parse_json(got->body);
    if (!parsed) {
        return error{errc::protocol_violation,
                     fmt::format("the orchestrator's answer is {}", parsed.error().detail)};
    }
    return answer{std::move(got->body), std::move(*parsed)};
}

result<answer> admin_client::get(std::string target) const {
    return send({.method = "GET", .target = std::move(target), .body = {}});
}

std::string api_path(std::initializer_list<std::string_view> segments) {
    std::string path = "/api";
    for (const auto segment : segments) {
        path.push_back('/');
        for (const char c : segment) {
            const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                               (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '~';
            // A dot is escaped too, so that no segment reads as "." or "..".
            if (plain) {
                path.push_back(c);
            } else {
                path.append(fmt::format("%{:02X}", static_cast<unsigned char>(c)));
            }
        }
    }
    return path;
}

const json::value* member_of(const json::value& object, std::string_view name) {
    const auto dot = name.find('.');
    const auto* found = object.is_object() ? object.get_object().if_contains(name.substr(0, dot))
                                           : nullptr;
    return found == nullptr || dot == name.npos ? found : member_of(*found, name.substr(dot + 1));
}

std::string text_of(const json::value& object, std::string_view member) {
    if (const auto* members = object.if_object()) {
        const auto* found = members->if_contains(member);
        if (found != nullptr && found->is_string()) {
            return std::string(found->get_string());
        }
    }
    return {};
}

} // namespace orch::app::cli
