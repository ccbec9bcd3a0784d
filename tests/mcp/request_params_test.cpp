#include "mcp/request_params.hpp"

#include "mcp/param_token.hpp"

#include "tests/support/catch.hpp"

#include <fmt/format.h>

#include <string>
#include <tuple>
#include <vector>

using namespace orch::mcp;

namespace {

checked<request_params> read(const std::string& params, request_target target) {
    std::string text = R"({"jsonrpc":"2.0","id":7,"method":"m")" + params + "}";
    return parse_request_params(text, parse_client_message(text).value(), target);
}

} // namespace

TEST_CASE("a resource is named by its URI", "[mcp][request_params]") {
    const auto params = read(
        R"(,"params":{"name":"n","uri":"file:\/\/a","_meta":{"progressToken":1}})",
        request_target::resource);
    REQUIRE(params.has_value());
    CHECK(params->named == "file://a");
    CHECK(params->progress_token.present());
}

TEST_CASE("a reference names a prompt or a resource", "[mcp][request_params]") {
    const auto prompt = read(R"(,"params":{"ref":{"type":"ref/prompt","name":"p"},"argument":{}})",
                             request_target::reference);
    REQUIRE(prompt.has_value());
    CHECK(prompt->is_prompt);
    CHECK(prompt->named == "p");
    const auto resource = read(R"(,"params":{"ref":{"uri":"a://{b}","type":"ref/resource"}})",
                               request_target::reference);
    REQUIRE(resource.has_value());
    CHECK_FALSE(resource->is_prompt);
    CHECK(resource->named == "a://{b}");
}

TEST_CASE("what a request must name and does not is told by its place", "[mcp][request_params]") {
    const std::string long_uri = R"(,"params":{"uri":")" + std::string(4'097, 'u') + R"("})";
    const std::vector<std::tuple<request_target, std::string, std::string>> table{
        {request_target::prompt, R"(,"params":{"name":7})", "params.name"},
        {request_target::resource, R"(,"params":{"name":"a"})", "params.uri"},
        {request_target::resource, long_uri, "longer than 4096 bytes"},
        {request_target::reference, R"(,"params":{})", "params.ref"},
        {request_target::reference, R"(,"params":{"ref":{"type":"x","name":"a"}})",
         "params.ref.type"},
        {request_target::reference, R"(,"params":{"ref":{"type":"ref/prompt","uri":"a"}})",
         "params.ref.name"},
        {request_target::tool, "", "\"params\""},
    };
    for (const auto& [target, text, place] : table) {
        CAPTURE(text);
        const auto params = read(text, target);
        REQUIRE_FALSE(params.has_value());
        CHECK(params.error().rpc_code == code::invalid_params);
        CHECK_THAT(params.error().detail, Catch::Contains(place));
    }
}

TEST_CASE("a request for the only server needs no params", "[mcp][request_params]") {
    CHECK(read("", request_target::nothing).has_value());
    CHECK(read(R"(,"params":{"arguments":[1],"_meta":{"progressToken":"t"}})",
               request_target::nothing)
              ->progress_token.present());
}

TEST_CASE("a param is found whole, whatever its type", "[mcp][param_token]") {
    for (const std::string data :
         {R"({"a":[1,{"b":"}"}]})", R"([[], "]"])", R"("x\"y")", "-1.5e3", "true", "null", "{}"}) {
        CAPTURE(data);
        std::string text = fmt::format(
            R"({{"jsonrpc":"2.0","method":"m","params":{{"data": {} ,"level":1}}}})", data);
        const auto message = parse_client_message(text).value();
        CHECK(param_token(text, message, "data").of(text) == data);
    }
}

TEST_CASE("a param that readers may find elsewhere is none", "[mcp][param_token]") {
    const auto token_of = [](const std::string& params) {
        std::string text = R"({"jsonrpc":"2.0","method":"notifications/progress","params":)" +
                           params + "}";
        const auto message = parse_server_line(text).value();
        return std::string(sole_param_token(text, message, "progressToken").of(text));
    };
    CHECK(token_of(R"({"progress":1,"progressToken":7,"message":"{\"progressToken\":8}"})") == "7");
    CHECK(token_of(R"({"progressToken" : "x" })") == R"("x")");
    CHECK(token_of(R"({"progressToken":7,"progressToken":8})").empty());
    CHECK(token_of(R"({"progressToken":7,"progressTo\u006ben":8})").empty());
    CHECK(token_of(R"({"ProgressToken":8,"progressToken":7})").empty());
    CHECK(token_of(R"({"progress":1})").empty());
    CHECK(token_of("[7]").empty());
}

TEST_CASE("a word is what a string param says", "[mcp][param_token]") {
    const auto word = [](const std::string& level) {
        std::string text = R"({"jsonrpc":"2.0","method":"m","params":{"level":)" + level + "}}";
        const auto message = parse_client_message(text).value();
        return std::string(param_word(text, message, "level"));
    };
    CHECK(word(R"("info")") == "info");
    CHECK(word(R"("")").empty());
    CHECK(word("12345").empty());
    CHECK(word("null").empty());
    std::string bare = R"({"jsonrpc":"2.0","method":"m"})";
    CHECK(param_word(bare, parse_client_message(bare).value(), "level").empty());
}

TEST_CASE("our own ids are plain numbers", "[mcp][param_token]") {
    CHECK(own_number("18446744073709551615") == 18'446'744'073'709'551'615ULL);
    for (const auto* const token : {"", "\"7\"", "-1", "7.0", "7 ", "18446744073709551616"}) {
        CAPTURE(token);
        CHECK_FALSE(own_number(token));
    }
}
