#include "api/problem.hpp"

#include "core/json_writer.hpp"

#include <array>
#include <utility>

namespace orch::api {

namespace {

std::string_view title_of(int status) noexcept {
    constexpr std::array<std::pair<int, std::string_view>, 15> titles{{
        {400, "Bad Request"},
        {401, "Unauthorized"},
        {403, "Forbidden"},
        {404, "Not Found"},
        {405, "Method Not Allowed"},
        {406, "Not Acceptable"},
        {409, "Conflict"},
        {413, "Content Too Large"},
        {415, "Unsupported Media Type"},
        {421, "Misdirected Request"},
        {429, "Too Many Requests"},
        {500, "Internal Server Error"},
        {501, "Not Implemented"},
        {503, "Service Unavailable"},
        {504, "Gateway Timeout"},
    }};
    for (const auto& [code, title] : titles) {
        if (code == status) {
            return title;
        }
    }
    return "Error";
}

} // namespace

int status_of(errc code) noexcept {
    switch (code) {
    case errc::invalid_argument: return 400;
    case errc::unauthenticated: return 401;
    case errc::forbidden: return 403;
    case errc::not_found: return 404;
    case errc::conflict: return 409;
    case errc::too_large: return 413;
    case errc::busy: return 429;
    case errc::timeout: return 504;
    case errc::cancelled:
    case errc::unavailable: return 503;
    case errc::not_implemented: return 501;
    case errc::protocol_violation:
    case errc::io_failure:
    case errc::internal: return 500;
    }
    return 500;
}

namespace {

net::response problem(int status, std::string_view detail, const std::vector<fault>& faults) {
    net::response answer;
    answer.status = status;
    answer.content_type = "application/problem+json";
    json_writer out(answer.body);
    out.begin_object().key("title").string(title_of(status)).key("status").number(status);
    out.key("detail").string(detail);
    if (!faults.empty()) {
        out.key("errors").begin_array();
        for (const auto& each : faults) {
            out.begin_object().key("field").string(each.field).key("detail").string(each.detail);
            out.end_object();
        }
        out.end_array();
    }
    out.end_object();
    return answer;
}

} // namespace

net::response problem(int status, std::string_view detail) { return problem(status, detail, {}); }

net::response problem(const error& failure) {
    return problem(status_of(failure.code), failure.detail, failure.faults);
}

net::response problem_for_now(int status, std::string_view detail,
                              std::chrono::seconds retry_after) {
    auto answer = problem(status, detail);
    answer.headers.emplace_back("Retry-After", std::to_string(retry_after.count()));
    return answer;
}

net::response challenge(std::string_view detail) {
    auto answer = problem(401, detail);
    answer.headers.emplace_back("WWW-Authenticate", "Bearer");
    return answer;
}

net::response nothing_here() { return problem(404, "There is nothing at this address."); }

net::response json_response(std::string body, int status) {
    return {status, "application/json", std::move(body), {}};
}

net::response text_response(std::string_view text, int status) {
    return {status, "text/plain; charset=utf-8", std::string(text), {}};
}

} // namespace orch::api
