#include "net/request_target.hpp"

#include "net/percent_encoding.hpp"

#include <boost/algorithm/string/predicate.hpp>

#include <algorithm>

namespace orch::net {
namespace {

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

bool is_name_char(char c) noexcept {
    const auto lower = c | 0x20;
    return is_digit(c) || (lower >= 'a' && lower <= 'z') ||
           std::string_view{"-._~!$&'()*+,;="}.find(c) != std::string_view::npos;
}

bool is_ip_literal_char(char c) noexcept {
    const auto lower = c | 0x20;
    return is_digit(c) || (lower >= 'a' && lower <= 'f') || c == ':' || c == '.';
}

result<header_list> parse_query(std::string_view text) {
    header_list pairs;
    while (!text.empty()) {
        const auto pair = text.substr(0, text.find('&'));
        text.remove_prefix(std::min(text.size(), pair.size() + 1));
        if (pair.empty()) {
            continue;
        }
        const auto equals = pair.find('=');
        auto name = percent_decode(pair.substr(0, equals), plus_sign::space);
        auto value = equals == pair.npos
                         ? std::optional<std::string>{std::in_place}
                         : percent_decode(pair.substr(equals + 1), plus_sign::space);
        if (!name || !value) {
            return error{errc::invalid_argument, "bad percent-encoding in the query"};
        }
        pairs.emplace_back(std::move(*name), std::move(*value));
    }
    return pairs;
}

/// Cuts scheme and authority off an absolute-form target; origin-form stays as it is.
std::string_view take_authority(std::string_view& target) noexcept {
    if (target.starts_with('/')) {
        return {};
    }
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (boost::algorithm::istarts_with(target, scheme)) {
            target.remove_prefix(scheme.size());
            const auto authority = target.substr(0, target.find_first_of("/?"));
            target.remove_prefix(authority.size());
            return authority;
        }
    }
    return {};
}

} // namespace

result<request_target> parse_request_target(std::string_view target) {
    if (!std::all_of(target.begin(), target.end(),
                     [](char c) { return c > ' ' && c < '\x7f' && c != '#'; })) {
        return error{errc::invalid_argument, "the request target has a byte that is not allowed"};
    }
    const auto form = target;
    request_target parsed;
    parsed.authority = take_authority(target);
    const auto absolute = target.data() != form.data();
    if (absolute && !is_valid_host(parsed.authority)) {
        return error{errc::invalid_argument, "the request target has no valid host"};
    }
    if (form != "*" && !absolute && !target.starts_with('/')) {
        return error{errc::invalid_argument, "the request target does not start with '/'"};
    }
    const auto question = target.find('?');
    const auto path = target.substr(0, question);
    parsed.path = path.empty() ? "/" : path;
    if (!is_percent_encoded(parsed.path)) {
        return error{errc::invalid_argument, "bad percent-encoding in the path"};
    }
    if (question != target.npos) {
        auto query = parse_query(target.substr(question + 1));
        if (!query) {
            return query.error();
        }
        parsed.query = std::move(*query);
    }
    return parsed;
}

bool is_valid_host(std::string_view host) noexcept {
    std::string_view port;
    if (host.starts_with('[')) {
        const auto end = host.find(']');
        const auto literal = host.substr(1, end == host.npos ? 0 : end - 1);
        if (literal.empty() || !std::all_of(literal.begin(), literal.end(), is_ip_literal_char)) {
            return false;
        }
        port = host.substr(end + 1);
    } else {
        const auto name = host.substr(0, host.find(':'));
        if (name.empty() || !std::all_of(name.begin(), name.end(), is_name_char)) {
            return false;
        }
        port = host.substr(name.size());
    }
    return port.empty() || (port[0] == ':' && port.size() <= 6 &&
                            std::all_of(port.begin() + 1, port.end(), is_digit));
}

} // namespace orch::net
