#include "actors/call_draft.hpp"

#include "crypto/digest.hpp"
#include "tests/support/catch.hpp"

using Catch::Matchers::Contains;
using orch::actors::capture_body;

TEST_CASE("a body within the limit is kept whole, without a digest", "[actors]") {
    const std::string json = R"({"a":1})";
    const auto body = capture_body(json, json.size());
    CHECK(body.bytes == json);
    CHECK(body.size == json.size());
    CHECK_FALSE(body.truncated);
    CHECK_FALSE(body.redacted);
    CHECK(body.sha256.empty());
}

TEST_CASE("a longer body is cut at the limit, with size and digest of the whole", "[actors]") {
    const std::string json = R"({"text":")" + std::string(100, 'x') + R"("})";
    const auto body = capture_body(json, 20);
    CHECK(body.bytes == json.substr(0, 20));
    CHECK(body.size == json.size());
    CHECK(body.truncated);
    CHECK(body.sha256 == orch::crypto::sha256(json));
}

TEST_CASE("secrets are not kept, and the body says so", "[actors]") {
    const auto body = capture_body(R"({"password":"hunter2","path":"/tmp"})", 1'000);
    CHECK(body.redacted);
    CHECK_FALSE(body.truncated);
    CHECK_THAT(body.bytes, !Contains("hunter2"));
    CHECK_THAT(body.bytes, Contains("/tmp"));
}

TEST_CASE("a secret is gone before the cut, so that no part of it is left", "[actors]") {
    const auto body = capture_body(R"({"api_key":"0123456789012345678901234567890123456789"})", 25);
    CHECK(body.redacted);
    CHECK_THAT(body.bytes, !Contains("0123"));
}

TEST_CASE("an absent body has no size", "[actors]") {
    const auto body = capture_body("", 10);
    CHECK(body.size == 0);
    CHECK(body.bytes.empty());
    CHECK_FALSE(body.truncated);
}

TEST_CASE("the ending of a call follows from codes", "[actors]") {
    using orch::actors::ending_of;
    using orch::model::call_status;
    using orch::model::error_class;
    CHECK(ending_of({false, 0, "", {}}).status == call_status::success);
    CHECK(ending_of({true, 0, "", {}}).failure == error_class::tool_error);
    const auto refused = ending_of({false, -32602, "bad path", {}});
    CHECK(refused.status == call_status::error);
    CHECK(refused.failure == error_class::invalid_parameters);
    CHECK(refused.code == -32602);
    CHECK(refused.message == "bad path");
    CHECK(ending_of({false, -32601, "", {}}).failure == error_class::method_not_found);
    CHECK(ending_of({false, -1, "", {}}).failure == error_class::execution_error);
}
