#include "mcp/redaction.hpp"

#include "tests/support/catch.hpp"

#include <boost/json.hpp>

using Catch::Matchers::Contains;
using namespace orch::mcp;

TEST_CASE("values under secret keys are replaced at any depth", "[mcp][redaction]") {
    const std::vector<std::pair<std::string, std::string>> table{
        {R"({"password":"x"})", R"({"password":"[redacted]"})"},
        {R"({"a":[{"API_KEY" : 12 , "b":1}]})", R"({"a":[{"API_KEY" : "[redacted]" , "b":1}]})"},
        {R"({"x-api-key":null})", R"({"x-api-key":"[redacted]"})"},
        {R"({"secret":{"a":["}",{}],"b":"\"]"},"c":1})", R"({"secret":"[redacted]","c":1})"},
        {R"({"tokens_list":1,"access_token":["a","b"]})",
         R"({"tokens_list":1,"access_token":"[redacted]"})"},
        {R"({"pass\u0077ord":"x"})", R"({"pass\u0077ord":"[redacted]"})"},
        {R"({"a\"password":"x\\"})", R"({"a\"password":"[redacted]"})"},
        {R"({"Authorization":"Bearer \"x\"","z":"y"})",
         R"({"Authorization":"[redacted]","z":"y"})"},
        {R"({"Set-Cookie":true,"dbPwd":1,"pwd":"p"})",
         R"({"Set-Cookie":"[redacted]","dbPwd":1,"pwd":"[redacted]"})"},
        {R"({"token":"a","privateKey":"b"})",
         R"({"token":"[redacted]","privateKey":"[redacted]"})"},
        {R"({"password":{"password":"x"}})", R"({"password":"[redacted]"})"}};
    for (const auto& [json, expected] : table) {
        CAPTURE(json);
        const redacted_text out = redact_secrets(json);
        CHECK(out.changed);
        CHECK(out.json == expected);
        CHECK_NOTHROW(boost::json::parse(out.json));
        CHECK(redact_secrets(out.json).json == expected);
    }
}

TEST_CASE("harmless keys and secrets in values stay", "[mcp][redaction]") {
    for (const std::string_view json :
         {R"({"progressToken":1,"max_tokens":100,"nextCursor":"c","tokenizer":"x"})",
          R"({"text":"password","list":["secret","token"]})", R"({"path":"/a","author":"me"})",
          R"("password")", R"(["password",":"])", R"({"a":"\"password\":\"x\""})", "{}", "[]", "1",
          R"({"next_page_token":"p","":1})"}) {
        CAPTURE(json);
        const redacted_text out = redact_secrets(json);
        CHECK_FALSE(out.changed);
        CHECK(out.json.empty());
    }
}

TEST_CASE("a text that is cut short is read inside its bounds", "[mcp][redaction]") {
    const std::string whole = R"({"password":{"a":["x\""]},"b":"c\\","token": 12 })";
    for (std::size_t size = 0; size < whole.size(); ++size) {
        const std::string cut = whole.substr(0, size);
        CAPTURE(cut);
        const redacted_text out = redact_secrets(cut);
        CHECK(out.json.find("x\\") == std::string::npos);
    }
}

TEST_CASE("what is not kept is not looked at, and all that is kept is", "[mcp][redaction]") {
    const std::string json = R"({"token":"first","a":"x","secret":"second"})";
    const auto second = json.find("\"secret\"");
    // The marker is longer than the first value, which moves the second key back.
    const auto moved = second + redaction_marker.size() - std::string_view("\"first\"").size();
    CHECK_THAT(redact_secrets(json, moved).json, Contains("second"));
    CHECK_THAT(redact_secrets(json, moved + 1).json, !Contains("second"));
    CHECK_THAT(redact_secrets(json, 2).json, !Contains("first"));
    CHECK_FALSE(redact_secrets(json, 1).changed);
}

TEST_CASE("what a shorter text brings into the kept part is looked at", "[mcp][redaction]") {
    const std::string json = R"({"token":")" + std::string(200, 'a') +
                             R"(","b":1,"secret":"second"})";
    // The second key stands behind byte 200, and before byte 60 of the outcome.
    CHECK_THAT(redact_secrets(json, 60).json, !Contains("second"));
}
