#include "mcp/error_classes.hpp"
#include "mcp/json_rpc.hpp"

#include "tests/support/catch.hpp"

using namespace orch;
using namespace orch::mcp;

TEST_CASE("lines of a server are taken apart at top level", "[mcp][json_rpc]") {
    std::string text =
        R"({"id": 5 ,"extra":[{}],"result" : {"content":[],"x":tru} ,"jsonrpc":"2.0"})";
    const auto message = parse_server_line(text);
    REQUIRE(message.has_value());
    CHECK(message->kind == message_kind::response);
    CHECK(message->id.of(text) == "5");
    CHECK(message->result.of(text) == R"({"content":[],"x":tru})");

    std::string request =
        R"({"jsonrpc":"2.0","id":"s1","method":"sampling/createMessage","params":{}})";
    const auto asked = parse_server_line(request);
    REQUIRE(asked.has_value());
    CHECK(asked->kind == message_kind::request);
    CHECK(asked->method.of(request) == "sampling/createMessage");

    std::string lost = R"({"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"?"}})";
    const auto lost_message = parse_server_line(lost);
    REQUIRE(lost_message.has_value());
    CHECK(lost_message->kind == message_kind::response);
    CHECK_FALSE(lost_message->id.present());
}

TEST_CASE("noise of a server breaks the protocol with a reason", "[mcp][json_rpc]") {
    using namespace std::string_literals;
    const std::vector<std::pair<std::string, std::string>> table{
        {"", "empty"},
        {"Server listening on stdio", "not an object"},
        {"[]", "not an object"},
        {"42", "not an object"},
        {"{}", "jsonrpc"},
        {R"({"jsonrpc":"2.0"})", "neither a request nor"},
        {R"({"jsonrpc":"1.0","id":1,"result":{}})", "jsonrpc"},
        {R"({"jsonrpc":"2.0","id":1.5,"result":{}})", "\"id\""},
        {R"({"jsonrpc":"2.0","id":null,"result":{}})", "\"id\" is missing"},
        {R"({"jsonrpc":"2.0","result":{}})", "\"id\" is missing"},
        {R"({"jsonrpc":"2.0","id":null,"method":"m"})", "\"id\" is missing"},
        {R"({"jsonrpc":"2.0","id":1,"method":"m","result":{}})", "both a request"},
        {R"({"jsonrpc":"2.0","id":1,"result":{},"error":{}})", "both \"result\""},
        {R"({"jsonrpc":"2.0","id":1,"error":"text"})", "\"error\""},
        {R"({"jsonrpc":"2.0","id":1,"result":tru})", "\"result\""},
        {R"({"jsonrpc":"2.0","method":7})", "\"method\""},
        {R"({"jsonrpc":"2.0","method":"m","params":7})", "\"params\""},
        {R"({"jsonrpc":"2.0","id":1,"id":2,"result":{}})", "\"id\" appears twice"},
        {R"({"jsonrpc":"2.0","id":1,"result":{},"result":{}})", "\"result\" appears twice"},
        {R"({"jsonrpc":"2.0","method":"a","method":"b"})", "\"method\" appears twice"},
        {R"({"jsonrpc":"2.0","id":1,"error":{},"error":{}})", "\"error\" appears twice"},
        {R"({"jsonrpc":"2.0","id":1,"\u0069d":2,"result":{}})", "\"id\" in another spelling"},
        {R"({"jsonrpc":"2.0","id":1,"result":{}} trailing)", "no JSON-RPC message"},
        {R"({"jsonrpc":"2.0","id":1,"result":{}}{})", "something follows"},
        {R"({"jsonrpc":"2.0","id":1,"result":{"a":1})", "no JSON-RPC message"},
        {"{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"\xff\"}", "UTF-8"},
        {"{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"a\0b\"}"s, "control character"}};
    for (const auto& [source, reason] : table) {
        std::string line = source;
        CAPTURE(line);
        const auto message = parse_server_line(line);
        REQUIRE_FALSE(message.has_value());
        CHECK(message.error().code == errc::protocol_violation);
        CHECK_THAT(message.error().detail, Catch::Contains(reason));
        CHECK(line == source);
    }
}

TEST_CASE("the outcome of a call comes from codes alone", "[mcp][error_classes]") {
    using model::call_status;
    using model::error_class;
    struct row {
        std::string payload;
        call_status status;
        error_class failure;
        std::int64_t rpc_code;
    };
    const std::vector<row> table{
        {R"("result":{"content":[]})", call_status::success, error_class::none, 0},
        {R"("result":{"content":[],"isError":false})", call_status::success, error_class::none, 0},
        {R"("result":{"isError" : true ,"content":[]})", call_status::error,
         error_class::tool_error, 0},
        {R"("result":{"content":[{"isError":true}]})", call_status::success, error_class::none, 0},
        {R"("result":{"text":"\"isError\":true"})", call_status::success, error_class::none, 0},
        {R"("result":null)", call_status::success, error_class::none, 0},
        {R"("error":{"code":-32602,"message":"method not found"})", call_status::error,
         error_class::invalid_parameters, -32602},
        {R"("error":{"message":"x","code":-32601})", call_status::error,
         error_class::method_not_found, -32601},
        {R"("error":{"code":-32000,"message":"timeout"})", call_status::error,
         error_class::execution_error, -32000},
        {R"("error":{"code":0,"message":"x"})", call_status::error, error_class::execution_error,
         -32603},
        {R"("error":{})", call_status::error, error_class::execution_error, -32603}};
    for (const row& expected : table) {
        std::string line = R"({"jsonrpc":"2.0","id":1,)" + expected.payload + "}";
        CAPTURE(line);
        const auto message = parse_server_line(line);
        REQUIRE(message.has_value());
        const call_outcome outcome = read_call_outcome(line, *message);
        const verdict found = classify(outcome);
        CHECK(found.status == expected.status);
        CHECK(found.failure == expected.failure);
        CHECK(outcome.rpc_code == expected.rpc_code);
    }
}

TEST_CASE("the message of an error is decoded", "[mcp][json_rpc]") {
    std::string line = R"({"jsonrpc":"2.0","id":1,"error":{"code":1,"message":"a\n\u00e9\ud800"}})";
    const auto message = parse_server_line(line);
    REQUIRE(message.has_value());
    CHECK(read_call_outcome(line, *message).rpc_message == "a\né\xef\xbf\xbd");
}

TEST_CASE("large results keep their slices", "[mcp][json_rpc]") {
    const std::string result = R"({"content":[{"type":"text","text":")" +
                               std::string(3 << 20, 'y') + R"("}],"isError":true})";
    std::string line = R"({"jsonrpc":"2.0","id":1,"result":)" + result + "}";
    const auto message = parse_server_line(line);
    REQUIRE(message.has_value());
    CHECK(message->result.of(line) == result);
    CHECK(read_call_outcome(line, *message).is_error);
}
