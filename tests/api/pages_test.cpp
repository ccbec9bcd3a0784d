#include "api/pages.hpp"

#include "tests/support/catch.hpp"

#include <array>

using namespace orch;
using Catch::Matchers::Contains;

namespace {

constexpr std::array built{
    web::file{"/assets/a-1.js", "text/javascript", R"("one")", "script", "gzipped", "brotli", true},
    web::file{"/index.html", "text/html; charset=utf-8", R"("two")", "<page>", {}, {}, false}};

net::request asking(std::string path, net::header_list headers = {}) {
    net::request out;
    out.method = "GET";
    out.path = std::move(path);
    out.headers = std::move(headers);
    return out;
}

std::string header_of(const net::response& answer, std::string_view name) {
    for (const auto& [key, value] : answer.headers) {
        if (key == name) {
            return value;
        }
    }
    return "";
}

const api::pages dashboard{built};

} // namespace

TEST_CASE("a file of the dashboard comes as the browser takes it", "[api][pages]") {
    const auto coding_for = [](const std::string& accepted) {
        const auto answer = dashboard.answer(
            asking("/assets/a-1.js", {{"accept-encoding", accepted}}));
        CHECK(answer.value().content_type == "text/javascript");
        CHECK(header_of(*answer, "Vary") == "Accept-Encoding");
        return header_of(*answer, "Content-Encoding") + ":" + answer->body;
    };
    CHECK(coding_for("gzip, deflate, br, zstd") == "br:brotli");
    CHECK(coding_for("gzip;q=1.0, BR;q=0.5") == "br:brotli");
    CHECK(coding_for("gzip, br;q=0") == "gzip:gzipped");
    CHECK(coding_for("br;q=0.000, gzip;q=0.001") == "gzip:gzipped");
    CHECK(coding_for("brotli") == ":script");
    CHECK(coding_for("") == ":script");
}

TEST_CASE("what is named after its content is kept for ever, the start page is asked for anew",
          "[api][pages]") {
    CHECK_THAT(header_of(dashboard.answer(asking("/assets/a-1.js")).value(), "Cache-Control"),
               Contains("immutable"));
    CHECK(header_of(dashboard.answer(asking("/index.html")).value(), "Cache-Control") ==
          "no-cache");
    for (const auto* known : {R"("two")", R"(W/"two")", R"("one", "two")", "*"}) {
        const auto answer = dashboard.answer(asking("/index.html", {{"if-none-match", known}}));
        CHECK(answer.value().status == 304);
        CHECK(answer->body.empty());
        CHECK(header_of(*answer, "ETag") == R"("two")");
    }
    CHECK(dashboard.answer(asking("/index.html", {{"if-none-match", R"("one")"}})).value().status ==
          200);
}

TEST_CASE("a page lets in no script but those of this server", "[api][pages]") {
    const auto answer = dashboard.answer(asking("/index.html")).value();
    const auto policy = header_of(answer, "Content-Security-Policy");
    CHECK_THAT(policy, Contains("script-src 'self';"));
    CHECK_THAT(policy, Contains("default-src 'none'"));
    CHECK_THAT(policy, Contains("frame-ancestors 'none'"));
    CHECK_THAT(policy, !Contains("unsafe-eval"));
    CHECK(header_of(answer, "X-Content-Type-Options") == "nosniff");
}

TEST_CASE("pages have paths of their own, addresses of the API and files have not",
          "[api][pages]") {
    const net::header_list browser{{"accept", "text/html,application/xhtml+xml,*/*;q=0.8"}};
    CHECK(dashboard.answer(asking("/p/default/logs", browser)).value().body == "<page>");
    CHECK_FALSE(dashboard.answer(asking("/p/default/logs")));
    CHECK_FALSE(dashboard.answer(asking("/p/default/logs", {{"accept", "*/*"}})));
    CHECK_FALSE(dashboard.answer(asking("/api/projects/none/such", browser)));
    CHECK_FALSE(dashboard.answer(asking("/api", browser)));
    CHECK_FALSE(dashboard.answer(asking("/assets/gone.js", {{"accept", "*/*"}})));
    auto change = asking("/index.html", browser);
    change.method = "POST";
    CHECK_FALSE(dashboard.answer(change));
    CHECK_FALSE(api::pages({}).answer(asking("/", browser)));
}
