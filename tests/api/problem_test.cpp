#include "api/problem.hpp"

#include "tests/support/catch.hpp"

using namespace orch;
using namespace orch::api;
using Catch::Matchers::Contains;

TEST_CASE("every kind of error has its HTTP status", "[api][problem]") {
    const std::vector<std::pair<errc, int>> table{{errc::invalid_argument, 400},
                                                  {errc::unauthenticated, 401},
                                                  {errc::forbidden, 403},
                                                  {errc::not_found, 404},
                                                  {errc::conflict, 409},
                                                  {errc::too_large, 413},
                                                  {errc::busy, 429},
                                                  {errc::timeout, 504},
                                                  {errc::cancelled, 503},
                                                  {errc::unavailable, 503},
                                                  {errc::not_implemented, 501},
                                                  {errc::protocol_violation, 500},
                                                  {errc::io_failure, 500},
                                                  {errc::internal, 500}};
    for (const auto& [code, status] : table) {
        CHECK(status_of(code) == status);
        CHECK_THAT(problem(status, "").body, !Contains("\"title\":\"Error\""));
    }
}

TEST_CASE("a problem has a title, a status and a sentence", "[api][problem]") {
    const auto answer = problem(error{errc::not_found, "no \"x\" here"});
    CHECK(answer.status == 404);
    CHECK(answer.content_type == "application/problem+json");
    CHECK(answer.body == R"({"title":"Not Found","status":404,"detail":"no \"x\" here"})");
}

TEST_CASE("a missing credential is answered with a challenge", "[api][problem]") {
    const auto answer = challenge("why");
    CHECK(answer.status == 401);
    CHECK(answer.headers == net::header_list{{"WWW-Authenticate", "Bearer"}});
}

TEST_CASE("what is not there looks the same as what one may not know of", "[api][problem]") {
    CHECK(nothing_here().status == 404);
    CHECK(nothing_here().body == nothing_here().body);
}
