#include "net/web_url.hpp"

#include "core/ascii.hpp"
#include "net/same_origin.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url.hpp>

#include <fmt/core.h>

#include <charconv>
#include <cstdint>

namespace orch::net {

namespace {

namespace urls = boost::urls;

error bad_url(std::string_view text, std::string_view why) {
    return {errc::invalid_argument, fmt::format("\"{}\" {}", text.substr(0, 200), why)};
}

/// Boost.URL takes `http://host:80.example` for the host with a path of `.example` (RFC 3986 §3.3
/// wants a slash there), which another reader takes for another host.
bool has_proper_path(const urls::url_view& url) {
    const std::string path{url.encoded_path()};
    return !url.has_authority() || path.empty() || path.starts_with('/');
}

/// 0 for none that there can be.
std::uint16_t port_of(const urls::url_view& url) {
    const std::string text{url.port()};
    std::uint16_t port = 0;
    const auto [stop, failure] = std::from_chars(text.data(), text.data() + text.size(), port);
    return failure == std::errc{} && stop == text.data() + text.size() ? port : std::uint16_t{0};
}

result<web_url> checked(const urls::url_view& url, std::string_view text) {
    web_url out;
    if (url.scheme_id() != urls::scheme::http && url.scheme_id() != urls::scheme::https) {
        return bad_url(text, "is no address that begins with http:// or https://");
    }
    if (url.host().empty()) {
        return bad_url(text, "names no host");
    }
    if (url.has_userinfo()) {
        return bad_url("the address", "holds a user name; a header is the place for credentials");
    }
    const bool names_port = url.has_port() && !url.port().empty();
    if ((names_port && port_of(url) == 0) || !has_proper_path(url)) {
        return bad_url(text, "has no proper port");
    }
    out.secure = url.scheme_id() == urls::scheme::https;
    out.host = ascii_lowered(std::string(url.host_address()));
    const auto usual = out.secure ? "443" : "80";
    out.port = names_port ? std::to_string(port_of(url)) : usual;
    const std::string target{url.encoded_target()};
    out.target = target.starts_with('/') ? target : fmt::format("/{}", target);
    return out;
}

bool is_usual_port(const web_url& url) { return url.port == (url.secure ? "443" : "80"); }

} // namespace

result<web_url> web_url::parse(std::string_view text) {
    const auto parsed = urls::parse_uri({text.data(), text.size()});
    if (!parsed) {
        return bad_url(text, "is no URL");
    }
    return checked(*parsed, text);
}

result<web_url> web_url::resolve(std::string_view reference) const {
    const auto relative = urls::parse_uri_reference({reference.data(), reference.size()});
    if (!relative || !has_proper_path(*relative)) {
        return bad_url(reference, "is no reference to a page");
    }
    const std::string base = to_string();
    urls::url whole;
    if (!urls::resolve(urls::url_view{base}, *relative, whole)) {
        return bad_url(reference, "is no reference to a page");
    }
    return checked(whole, reference);
}

std::string web_url::authority() const {
    const bool bracketed = host.find(':') != std::string::npos;
    auto out = bracketed ? fmt::format("[{}]", host) : host;
    if (!is_usual_port(*this)) {
        out.append(":").append(port);
    }
    return out;
}

std::string web_url::origin() const {
    return fmt::format("{}://{}", secure ? "https" : "http", authority());
}

bool have_same_origin(std::string_view left, std::string_view right) {
    const auto one = web_url::parse(left);
    const auto other = web_url::parse(right);
    return one && other && one->origin() == other->origin();
}

} // namespace orch::net
