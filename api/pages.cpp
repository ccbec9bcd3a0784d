#include "api/pages.hpp"

#include "core/ascii.hpp"

#include <algorithm>

namespace orch::api {

namespace {

/// Component libraries set styles of elements; scripts come from here alone.
constexpr std::string_view content_policy =
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// Whether a list of `name;q=…` (RFC 9110, 12.5) names this one and does not rule it out.
bool takes(std::string_view list, std::string_view name) {
    while (!list.empty()) {
        const auto item = list.substr(0, list.find(','));
        list.remove_prefix(std::min(list.size(), item.size() + 1));
        const auto named = trim(item.substr(0, item.find(';')), " \t");
        if (ascii_lowered(named) == name) {
            const auto weight = item.find("q=0");
            return weight == std::string_view::npos ||
                   item.find_first_of("123456789", weight + 3) != std::string_view::npos;
        }
    }
    return false;
}

struct packing {
    std::string_view coding;
    std::string_view bytes;
};

packing packing_for(const web::file& file, const net::request& request) {
    const auto taken = request.header("accept-encoding");
    if (!file.brotli.empty() && takes(taken, "br")) {
        return {"br", file.brotli};
    }
    if (!file.gzip.empty() && takes(taken, "gzip")) {
        return {"gzip", file.gzip};
    }
    return {{}, file.plain};
}

/// If-None-Match compares weakly (RFC 9110, 13.1.2).
bool is_known(const web::file& file, const net::request& request) {
    const auto known = request.header("if-none-match");
    return known == "*" || (!file.etag.empty() && known.find(file.etag) != std::string_view::npos);
}

net::response answer_with(const web::file& file, const net::request& request) {
    net::response out;
    out.headers = {
        {"ETag", std::string(file.etag)},
        {"Cache-Control", file.hashed ? "public, max-age=31536000, immutable" : "no-cache"},
        {"Vary", "Accept-Encoding"},
        {"Content-Security-Policy", std::string(content_policy)},
        {"X-Content-Type-Options", "nosniff"},
        {"Referrer-Policy", "same-origin"}};
    if (is_known(file, request)) {
        out.status = 304;
        return out;
    }
    const auto packed = packing_for(file, request);
    if (!packed.coding.empty()) {
        out.headers.emplace_back("Content-Encoding", packed.coding);
    }
    out.content_type = file.type;
    out.body = packed.bytes;
    return out;
}

} // namespace

std::optional<net::response> pages::answer(const net::request& request) const {
    if (request.method != "GET" && request.method != "HEAD") {
        return std::nullopt;
    }
    const auto* file = chosen(request);
    return file != nullptr ? std::optional(answer_with(*file, request)) : std::nullopt;
}

const web::file* pages::find(std::string_view path) const noexcept {
    const auto found = std::lower_bound(
        files_.begin(), files_.end(), path,
        [](const web::file& file, std::string_view wanted) { return file.path < wanted; });
    return found != files_.end() && found->path == path ? &*found : nullptr;
}

const web::file* pages::chosen(const net::request& request) const noexcept {
    if (const auto* file = find(request.path)) {
        return file;
    }
    // The pages have paths of their own, which the browser's side tells apart.
    const bool is_page = request.path != "/api" && !request.path.starts_with("/api/") &&
                         takes(request.header("accept"), "text/html");
    return is_page ? find("/index.html") : nullptr;
}

} // namespace orch::api
